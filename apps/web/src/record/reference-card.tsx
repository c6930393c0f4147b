/** A record that is referred to, with its address and its choices: a source with its link and its tier. */
import {
  findRegister,
  notAvailable,
  optionsOf,
  type ReferenceField,
  type Register,
  type RegisterRecord,
} from '@lodestone/document-model';
import { Pill } from '../ui/pill.tsx';
import { usePanel } from './field-editing.tsx';
import { OutsideLink } from './outside-link.tsx';
import { addressField } from './panel-fields.ts';
import styles from './record-panel.module.css';

export interface ReferenceCardProps {
  readonly field: ReferenceField;
  readonly id: string;
}

export function ReferenceCard({ field, id }: ReferenceCardProps) {
  const { view, around, language } = usePanel();
  const register = findRegister(field.register);
  const found = view.candidates(field.register).find((candidate) => candidate.id === id);
  if (register === undefined || found === undefined) {
    return <span className={styles.empty}>{notAvailable[language]}</span>;
  }
  const address = found.record.fields[addressField(register) ?? ''];
  const title = around.titleOf(field.register, id) ?? found.title;

  return (
    <span className={styles.card}>
      {typeof address === 'string' ? (
        <OutsideLink address={address}>{title}</OutsideLink>
      ) : (
        <span>{title}</span>
      )}
      <span className={styles.cardLine}>
        <Choices register={register} record={found.record} />
        <span>{firstSortText(register, found.record)}</span>
      </span>
    </span>
  );
}

function Choices({
  register,
  record,
}: {
  readonly register: Register;
  readonly record: RegisterRecord;
}) {
  const { language } = usePanel();

  return Object.entries(register.fields).map(([name, field]) => {
    const value = record.fields[name];
    const option = typeof value === 'string' ? optionsOf(field)?.[value] : undefined;
    if (option === undefined) return null;

    return (
      <Pill key={name} hue={option.hue}>
        {option.label[language]}
      </Pill>
    );
  });
}

/** What the register itself sorts by first says most beside the title: the publisher of a source. */
function firstSortText(register: Register, record: RegisterRecord): string {
  const value = record.fields[register.sort[0]?.field ?? ''];

  return typeof value === 'string' ? value : '';
}
