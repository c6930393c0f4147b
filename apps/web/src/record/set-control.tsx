/** A set: its elements, each with a button that takes it out, and a text field that adds. */
import { IconX } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  formatElement,
  parseValue,
  type ReferenceField,
  type SetField,
  type Words,
} from '@lodestone/document-model';
import { isFromInputMethod } from '../ui/input-method.ts';
import { usePanel, useWrite } from './field-editing.tsx';
import { hasCards } from './read-value.tsx';
import styles from './record-panel.module.css';
import { ReferenceCard } from './reference-card.tsx';
import { Candidates } from './text-control.tsx';

export interface SetControlProps {
  readonly id: string;
  readonly name: string;
  readonly field: SetField;
  readonly describedBy: string;
}

export function SetControl({ id, name, field, describedBy }: SetControlProps) {
  const { record, language } = usePanel();
  const write = useWrite();
  const [problem, setProblem] = useState<Words>();
  const stored = record.fields[name];
  const elements: readonly string[] = Array.isArray(stored) ? (stored as readonly string[]) : [];
  const become = (next: readonly string[]) => {
    const refusal = write(name, next.length === 0 ? null : [...next].sort());
    setProblem(refusal);

    return refusal === undefined;
  };

  return (
    <>
      {elements.length > 0 && (
        <ul className={hasCards(field.of) ? styles.cards : styles.chips}>
          {elements.map((element) => (
            <Element
              key={element}
              field={field}
              element={element}
              onRemove={() => {
                become(elements.filter((other) => other !== element));
              }}
            />
          ))}
        </ul>
      )}
      <Adding
        id={id}
        name={name}
        field={field}
        describedBy={describedBy}
        onProblem={setProblem}
        onAdd={(added) => become([...new Set([...elements, ...added])])}
      />
      {problem !== undefined && (
        <p className={styles.problem} role="status">
          {problem[language]}
        </p>
      )}
    </>
  );
}

interface ElementProps {
  readonly field: SetField;
  readonly element: string;
  readonly onRemove: () => void;
}

function Element({ field, element, onRemove }: ElementProps) {
  const { t } = useTranslation('record');
  const { around } = usePanel();
  const title = formatElement(field, element, around);
  const isCard = hasCards(field.of);

  return (
    <li className={isCard ? styles.cardItem : styles.chip}>
      {isCard ? <ReferenceCard field={field.of as ReferenceField} id={element} /> : title}
      <button
        type="button"
        className={styles.remove}
        aria-label={t('remove', { element: title })}
        onClick={onRemove}
      >
        <IconX size={12} aria-hidden />
      </button>
    </li>
  );
}

interface AddingProps extends SetControlProps {
  readonly onAdd: (elements: readonly string[]) => boolean;
  readonly onProblem: (problem: Words | undefined) => void;
}

function Adding({ id, name, field, describedBy, onAdd, onProblem }: AddingProps) {
  const { t } = useTranslation('record');
  const { view, record, around, language } = usePanel();
  const [text, setText] = useState('');
  const listId = useId();
  const add = () => {
    if (text.trim() === '') return;
    const read = parseValue(field, text, around);
    if (read.status === 'invalid') {
      onProblem(read.problem.message);
      return;
    }
    if (onAdd(read.value as readonly string[])) setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isFromInputMethod(event)) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    }
    if (event.key === 'Escape' && text !== '') {
      event.preventDefault();
      setText('');
      onProblem(undefined);
    }
  };

  return (
    <>
      <input
        id={id}
        className={styles.input}
        type="text"
        autoComplete="off"
        list={listId}
        value={text}
        placeholder={t('addTo', { field: field.label[language] })}
        aria-describedby={describedBy}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onFocus={() => {
          view.stand({ record: record.id, field: name }, { editing: false });
        }}
        onBlur={() => {
          view.stand(null, { editing: false });
          add();
        }}
        onKeyDown={onKeyDown}
      />
      {field.of.kind === 'reference' ? (
        <Candidates id={listId} register={field.of.register} />
      ) : (
        <datalist id={listId}>
          {Object.entries(field.of.options).map(([key, { label }]) => (
            <option key={key} value={label[language]} />
          ))}
        </datalist>
      )}
    </>
  );
}
