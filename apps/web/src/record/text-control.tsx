/** A value that is typed: it goes through the same reading as in the grid, and stays where it cannot be read. */
import { useId, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@lodestone/document-model';
import { isFromInputMethod } from '../ui/input-method.ts';
import { sentences } from '../ui/sentences.ts';
import { type Draft, useDraft, usePanel } from './field-editing.tsx';
import styles from './record-panel.module.css';

export interface ControlProps {
  /** The id of the control, which its label names. */
  readonly id: string;
  readonly name: string;
  readonly field: Field;
  /** The ids of what describes the control. */
  readonly describedBy: string;
}

export function TextControl({ id, name, field, describedBy }: ControlProps) {
  const { t } = useTranslation('record');
  const { view, record, language } = usePanel();
  const draft = useDraft(name, field);
  const problemId = useId();
  const listId = useId();
  const isText = field.kind === 'text';
  const isLong = isText && field.lines === 'many';
  const hasProblem = draft.problem !== undefined;
  const shared = {
    id,
    value: draft.text,
    'aria-invalid': hasProblem,
    'aria-describedby': `${describedBy} ${problemId}`,
    'aria-required': field.required === true,
    onFocus: () => {
      view.stand({ record: record.id, field: name }, { editing: false });
    },
    onBlur: () => {
      view.stand(null, { editing: false });
      draft.commit('leaving');
    },
    onKeyDown: (event: KeyboardEvent) => {
      onDraftKey(event, { draft, isLong });
    },
  };
  const type = (text: string) => {
    if (!draft.isDirty) view.stand({ record: record.id, field: name }, { editing: true });
    draft.type(text);
  };

  return (
    <>
      {isText ? (
        <textarea
          {...shared}
          className={styles.long}
          rows={rowsFor(draft.text, isLong ? 2 : 1)}
          onChange={(event) => {
            type(event.currentTarget.value);
          }}
        />
      ) : (
        <input
          {...shared}
          className={styles.input}
          type="text"
          autoComplete="off"
          list={field.kind === 'reference' ? listId : undefined}
          onChange={(event) => {
            type(event.currentTarget.value);
          }}
        />
      )}
      {field.kind === 'reference' && <Candidates id={listId} register={field.register} />}
      <div id={problemId} role="status">
        {draft.problem !== undefined && (
          <p className={styles.problem}>
            {sentences(language, draft.problem[language], t('keptText'))}
          </p>
        )}
        <Overtaken draft={draft} />
        {isLong && draft.isDirty && <p className={styles.hint}>{t('multiline')}</p>}
      </div>
    </>
  );
}

/** About so many narrow characters fit into a line of the panel; a wide one takes the room of two. */
const lineWidth = 46;
const mostRows = 8;

/** A text is shown whole, up to a height. */
function rowsFor(text: string, least: number): number {
  const widthOf = (line: string) => line.length + (line.match(/[\u1100-\uffef]/g)?.length ?? 0);
  const rows = text
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(widthOf(line) / lineWidth)), 0);

  return Math.min(mostRows, Math.max(least, rows));
}

function Overtaken({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('record');
  if (draft.changedTo === undefined) return null;

  return (
    <p className={styles.overtaken}>
      {draft.changedTo === null
        ? t('emptiedMeanwhile')
        : t('changedMeanwhile', { value: draft.changedTo })}
    </p>
  );
}

/** The titles that a reference may name. */
export function Candidates({ id, register }: { readonly id: string; readonly register: string }) {
  const { view, around } = usePanel();

  return (
    <datalist id={id}>
      {view.candidates(register).map((candidate) => (
        <option
          key={candidate.id}
          value={around.titleOf(register, candidate.id) ?? candidate.title}
        />
      ))}
    </datalist>
  );
}

/** Enter takes the text, Esc gives it up. Keys that belong to an input method are left to it. */
function onDraftKey(
  event: KeyboardEvent,
  { draft, isLong }: { readonly draft: Draft; readonly isLong: boolean },
): void {
  if (isFromInputMethod(event)) return;
  if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    draft.commit('asked');
  }
  if (event.key === 'Escape' && draft.isDirty) {
    event.preventDefault();
    draft.revert();
  }
}
