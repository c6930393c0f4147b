/** Undo and redo: the view does it; the grid goes there and says what happened. */
import type { RecordId } from '@lodestone/document-model';
import type { UndoOutcome } from '../view.ts';
import type { GridSession } from '../grid-session.ts';

export function undo(session: GridSession): void {
  follow(session, session.view.undo(), { done: 'undone', nothing: 'nothing-to-undo' });
}

export function redo(session: GridSession): void {
  follow(session, session.view.redo(), { done: 'redone', nothing: 'nothing-to-redo' });
}

function follow(
  session: GridSession,
  outcome: UndoOutcome,
  says: {
    readonly done: 'undone' | 'redone';
    readonly nothing: 'nothing-to-undo' | 'nothing-to-redo';
  },
): void {
  switch (outcome.status) {
    case 'nothing':
      session.notice.set({ kind: says.nothing });
      return;
    case 'opening':
      session.notice.set({ kind: 'opening', register: outcome.register });
      return;
    case 'done':
      goTo(session, outcome.record, outcome.field);
      session.notice.set({ kind: says.done });
      return;
    case 'changed-since':
      goTo(session, outcome.record, outcome.field);
      session.notice.set({
        kind: 'changed-since',
        direction: says.done === 'undone' ? 'undo' : 'redo',
        record: outcome.record,
        field: outcome.field,
        now: outcome.now,
        left: outcome.left,
        restored: outcome.restored,
        undoAnyway: () => {
          outcome.undoAnyway();
          session.notice.set(undefined);
        },
      });
  }
}

/** Rows that came back by the act itself are only found once the list has been read again. */
function goTo(session: GridSession, record: RecordId, field: string | undefined): void {
  session.order.followIds();
  if (session.order.rowOf(record) === undefined) return;
  const standing = session.selection.get();
  session.selection.standIn(record, field ?? standing?.active.field ?? '');
  const at = session.selection.get()?.at;
  if (at !== undefined) session.window.get().reveal(at);
}
