/** One calm line about the last act, with what can still be done about it. */
import { IconX } from '@tabler/icons-react';
import {
  findRegister,
  formatValue,
  type Field,
  type Language,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import type { RefusedCell } from '../clipboard/paste-plan.ts';
import { columnShowing } from '../columns/column.ts';
import { undo } from '../commands/undo.ts';
import type { GridText } from '../grid-words.ts';
import type { Notice } from '../notice.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { titleText } from '../rows/row-title.ts';
import { useWatched } from '../state/observable.ts';

/** More would push the grid off the screen; the rest is counted. */
const mostListed = 50;

export function NoticeBar({ drawing }: { readonly drawing: Drawing }) {
  const { session, text } = drawing;
  const notice = useWatched(session.notice);

  return (
    <div role="status" className={notice === undefined ? 'grid-notice' : 'grid-notice is-shown'}>
      {notice !== undefined && (
        <>
          <div className="grid-notice-text">
            <NoticeText notice={notice} drawing={drawing} />
          </div>
          <NoticeAction notice={notice} drawing={drawing} />
          <button
            type="button"
            className="grid-icon-button"
            aria-label={text('dismiss')}
            onClick={() => {
              session.notice.set(undefined);
              session.window.get().focus();
            }}
          >
            <IconX size={14} aria-hidden />
          </button>
        </>
      )}
    </div>
  );
}

interface NoticeProps {
  readonly notice: Notice;
  readonly drawing: Drawing;
}

function NoticeText({ notice, drawing }: NoticeProps) {
  const { text, layout } = drawing;
  const { language } = layout;
  switch (notice.kind) {
    case 'pasted':
    case 'cleared':
      return (
        <>
          {text(notice.kind, { count: notice.refused.length, total: notice.total })}
          <RefusedCells refused={notice.refused} language={language} text={text} />
        </>
      );
    case 'archived':
      return notice.kept === 0
        ? text('archived', { count: notice.count })
        : text('archivedKept', { count: notice.count, kept: notice.kept });
    case 'denied': {
      const { reason, remedy } = notice.decision;

      return text('lockedWhy', { reason: reason[language], remedy: remedy[language] });
    }
    case 'changed-since':
      return changedSince(notice, drawing);
    case 'opening':
      return text('opening', {
        register: findRegister(notice.register)?.label[language] ?? notice.register,
      });
    case 'undone':
      return text('undone');
    case 'redone':
      return text('redone');
    case 'nothing-to-undo':
      return text('nothingToUndo');
    case 'nothing-to-redo':
      return text('nothingToRedo');
  }
}

function changedSince(
  notice: Extract<Notice, { readonly kind: 'changed-since' }>,
  { session, layout, text }: Drawing,
): string {
  const { register } = session.view;
  const declared = register.fields[notice.field];
  const column =
    columnShowing(layout.columns, notice.field)?.label ??
    declared?.label[layout.language] ??
    notice.field;
  const record = titleText(register, session.view.record(notice.record), layout.language);
  const around = session.surroundings.get();
  const quoted = (value: Value) => {
    const shown = declared === undefined ? '' : quotable(declared, value, around);

    return shown === '' ? text('emptyQuoted') : text('quoted', { value: shown });
  };

  return text(notice.direction === 'undo' ? 'changedSinceUndo' : 'changedSinceRedo', {
    column,
    record,
    left: quoted(notice.left),
    now: quoted(notice.now),
    restored: quoted(notice.restored),
  });
}

/** Of a set only whether the one element is in it is known; what is then in it stands in the cell. */
function quotable(declared: Field, value: Value, around: Surroundings): string {
  if (typeof value === 'boolean' && declared.kind === 'set') return value ? '✓' : '✕';
  const shown = formatValue(declared, value, around);

  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}

function NoticeAction({ notice, drawing }: NoticeProps) {
  const { session, text } = drawing;
  if (notice.kind === 'archived') {
    return (
      <ActionButton
        label={text('undo')}
        onClick={() => {
          undo(session);
          session.window.get().focus();
        }}
      />
    );
  }
  if (notice.kind !== 'changed-since') return null;

  return (
    <ActionButton
      label={text(notice.direction === 'undo' ? 'undoAnyway' : 'redoAnyway')}
      onClick={() => {
        notice.undoAnyway();
        session.window.get().focus();
      }}
    />
  );
}

function ActionButton({
  label,
  onClick,
}: {
  readonly label: string;
  readonly onClick: () => void;
}) {
  return (
    <button type="button" className="grid-text-button" onClick={onClick}>
      {label}
    </button>
  );
}

interface RefusedCellsProps {
  readonly refused: readonly RefusedCell[];
  readonly language: Language;
  readonly text: GridText;
}

function RefusedCells({ refused, language, text }: RefusedCellsProps) {
  return (
    <ul className="grid-refused">
      {refused.slice(0, mostListed).map((cell, index) => (
        <li key={index}>{refusedSentence(cell, language, text)}</li>
      ))}
      {refused.length > mostListed && (
        <li>{text('refusedMore', { count: refused.length - mostListed })}</li>
      )}
    </ul>
  );
}

function refusedSentence(cell: RefusedCell, language: Language, text: GridText): string {
  const values = {
    row: cell.row + 1,
    column: cell.column,
    text: cell.text.length > 40 ? `${cell.text.slice(0, 40)}…` : cell.text,
    reason: cell.reason[language],
  };
  if (cell.column === '') return text('refusedBeyond', values);

  return text(cell.text === '' ? 'refusedCellEmpty' : 'refusedCell', values);
}
