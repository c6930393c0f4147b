/** What belongs beside an open cell: why it could not be committed, what another person did, the list, a hint. */
import { useCallback, useSyncExternalStore } from 'react';
import { formatValue, sameValue, type Language, type Words } from '@lodestone/document-model';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { missingInDraft } from '../commands/edit-cell.ts';
import type { GridSession } from '../grid-session.ts';
import type { GridText } from '../grid-words.ts';
import { draftId } from '../rows/draft-view.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { useWatched } from '../state/observable.ts';
import type { Edit } from './edit.ts';
import { hintFor } from './field-hint.ts';
import { OptionList } from './option-list.tsx';

export interface EditorPopupProps {
  readonly drawing: Drawing;
  readonly edit: Edit | undefined;
  readonly text: GridText;
}

export function EditorPopup({ drawing, edit, text }: EditorPopupProps) {
  const { session, gridId, layout } = drawing;
  const denial = useWatched(session.denial);
  const { language } = layout;
  const hint = edit && hintFor(edit.column, text);

  return (
    <div className="grid-popup" id={`${gridId}-hint`}>
      {edit?.problem !== undefined && <Problem words={edit.problem} language={language} />}
      {denial !== undefined && edit === undefined && (
        <p className="grid-popup-note is-denied" role="alert">
          <IconLock size={14} stroke={1.8} aria-hidden />
          {text('lockedWhy', {
            reason: denial.decision.reason[language],
            remedy: denial.decision.remedy[language],
          })}
        </p>
      )}
      {edit !== undefined && <ChangedMeanwhile session={session} edit={edit} text={text} />}
      {edit?.list !== undefined && (
        <OptionList session={session} gridId={gridId} edit={edit} list={edit.list} text={text} />
      )}
      {hint !== undefined && <p className="grid-popup-hint">{hint}</p>}
      {edit?.record === draftId && <DraftHint session={session} language={language} text={text} />}
    </div>
  );
}

function Problem({ words, language }: { readonly words: Words; readonly language: Language }) {
  return (
    <p className="grid-popup-note is-problem" role="alert">
      <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
      {words[language]}
    </p>
  );
}

interface ChangedProps {
  readonly session: GridSession;
  readonly edit: Edit;
  readonly text: GridText;
}

/** A change by another person never touches the text; it is told, and committing or reverting decides. */
function ChangedMeanwhile({ session, edit, text }: ChangedProps) {
  const { view } = session;
  const field = edit.column.sides[0];
  const record = useSyncExternalStore(
    useCallback((listener) => view.subscribeRecord(edit.record, listener), [view, edit.record]),
    () => view.record(edit.record),
  );
  const now = record?.fields[field] ?? null;
  if (record === undefined || sameValue(now, edit.before)) return null;
  const value = formatValue(edit.column.declared, now, session.surroundings.get());

  return (
    <p className="grid-popup-note" role="status">
      {now === null ? text('emptiedMeanwhile') : text('changedMeanwhile', { value })}
    </p>
  );
}

interface DraftHintProps {
  readonly session: GridSession;
  readonly language: Language;
  readonly text: GridText;
}

function DraftHint({ session, language, text }: DraftHintProps) {
  const labels = missingInDraft(session).map((label) => label[language]);
  const fields = new Intl.ListFormat(language).format(labels);

  return labels.length === 0 ? null : (
    <p className="grid-popup-hint">{text('draftNeeds', { fields })}</p>
  );
}
