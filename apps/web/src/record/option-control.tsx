/** One of a few declared words, or yes and no: the browser's own list, with only what this person may choose. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { optionsOf, yesAndNo, type Value, type Words } from '@lodestone/document-model';
import { usePanel, useWrite } from './field-editing.tsx';
import styles from './record-panel.module.css';
import type { ControlProps } from './text-control.tsx';

interface Choice {
  readonly key: string;
  readonly value: Value;
  readonly label: Words;
}

export function OptionControl({ id, name, field, describedBy }: ControlProps) {
  const { t } = useTranslation('record');
  const { view, record, language } = usePanel();
  const write = useWrite();
  const [problem, setProblem] = useState<Words>();
  const stored = record.fields[name] ?? null;
  const mayBecome = (value: Value) =>
    value === stored || view.decide(record.id, name, value).effect === 'permit';
  const choices = choicesOf(field).filter(({ value }) => mayBecome(value));
  const mayBeEmpty = stored === null || (field.required !== true && mayBecome(null));

  return (
    <>
      <select
        id={id}
        className={styles.input}
        aria-describedby={describedBy}
        value={choices.find(({ value }) => value === stored)?.key ?? ''}
        onFocus={() => {
          view.stand({ record: record.id, field: name }, { editing: false });
        }}
        onBlur={() => {
          view.stand(null, { editing: false });
        }}
        onChange={(event) => {
          const chosen = choices.find(({ key }) => key === event.currentTarget.value);
          setProblem(write(name, chosen?.value ?? null));
        }}
      >
        {mayBeEmpty && <option value="">{t('choose')}</option>}
        {choices.map(({ key, label }) => (
          <option key={key} value={key}>
            {label[language]}
          </option>
        ))}
      </select>
      {problem !== undefined && (
        <p className={styles.problem} role="status">
          {problem[language]}
        </p>
      )}
    </>
  );
}

function choicesOf(field: ControlProps['field']): readonly Choice[] {
  if (field.kind === 'boolean') {
    return [
      { key: 'true', value: true, label: yesAndNo.yes },
      { key: 'false', value: false, label: yesAndNo.no },
    ];
  }

  return Object.entries(optionsOf(field) ?? {}).map(([key, { label }]) => ({
    key,
    value: key,
    label,
  }));
}
