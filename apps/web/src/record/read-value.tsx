/** A value as it is read: pills, links and references where the kind has them, text otherwise. */
import {
  findRegister,
  formatElement,
  formatValue,
  optionsOf,
  type Field,
  type ReferenceField,
  type Value,
} from '@lodestone/document-model';
import { useTranslation } from 'react-i18next';
import { Pill } from '../ui/pill.tsx';
import { OutsideLink } from './outside-link.tsx';
import { usePanel } from './field-editing.tsx';
import { addressField } from './panel-fields.ts';
import { ReferenceCard } from './reference-card.tsx';
import styles from './record-panel.module.css';

export function ReadValue({ field, value }: { readonly field: Field; readonly value: Value }) {
  const { t } = useTranslation('record');
  const { around, language } = usePanel();
  if (value === null) return <span className={styles.empty}>{t('empty')}</span>;
  if (field.kind === 'set') return <ReadSet field={field} elements={value as readonly string[]} />;
  if (field.kind === 'url' && typeof value === 'string') return <OutsideLink address={value} />;
  const option = typeof value === 'string' ? optionsOf(field)?.[value] : undefined;
  if (option !== undefined) return <Pill hue={option.hue}>{option.label[language]}</Pill>;

  return <span className={styles.read}>{formatValue(field, value, around)}</span>;
}

interface ReadSetProps {
  readonly field: Extract<Field, { kind: 'set' }>;
  readonly elements: readonly string[];
}

function ReadSet({ field, elements }: ReadSetProps) {
  const { around } = usePanel();
  if (hasCards(field.of)) {
    return (
      <ul className={styles.cards}>
        {elements.map((element) => (
          <li key={element}>
            <ReferenceCard field={field.of as ReferenceField} id={element} />
          </li>
        ))}
      </ul>
    );
  }

  return (
    <span className={styles.chips}>
      {elements.map((element) => (
        <span key={element} className={styles.chip}>
          {formatElement(field, element, around)}
        </span>
      ))}
    </span>
  );
}

/** Records with an address of their own, sources above all, are shown with more than their title. */
export function hasCards(field: Field): boolean {
  if (field.kind !== 'reference') return false;
  const register = findRegister(field.register);

  return register !== undefined && addressField(register) !== undefined;
}
