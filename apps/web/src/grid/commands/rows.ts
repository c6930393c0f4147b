/** Whole rows: making one, archiving what is marked. */
import { archivedField, type CompartmentId } from '@lodestone/document-model';
import type { GridSession } from '../grid-session.ts';
import { draftId } from '../rows/draft-view.ts';
import { openEditor } from './edit-cell.ts';

/** Begins a row below the one the person stands in, with its title open for typing. */
export function addRow(session: GridSession, compartment: CompartmentId): void {
  const below = session.selection.get()?.at.row;
  const draft = session.view.begin(compartment);
  session.order.place([draft], below === undefined ? 0 : below + 1);
  session.selection.standIn(draft, session.view.register.title);
  const at = session.selection.get()?.at;
  if (at !== undefined) session.window.get().reveal(at);
  session.window.get().focus();
  openEditor(session, 'open');
}

/** Archives every marked row that may be; undoing is the way back. */
export function archiveMarked(session: GridSession): void {
  const box = session.selection.get()?.box;
  if (box === undefined) return;
  const marked = session.order.get().ids.slice(box.top, box.bottom + 1);
  if (marked.includes(draftId)) session.view.discard();
  const decided = marked
    .filter((record) => record !== draftId)
    .map((record) => ({
      record,
      decision: session.view.decide(record, archivedField, true),
    }));
  const denied = decided.find(({ decision }) => decision.effect === 'deny')?.decision;
  const edits = decided
    .filter(({ decision }) => decision.effect === 'permit')
    .map(({ record }) => ({ record, field: archivedField, value: true }));
  if (edits.length === 0) {
    if (denied?.effect === 'deny') session.notice.set({ kind: 'denied', decision: denied });
    return;
  }
  session.view.act({ edits });
  session.notice.set({
    kind: 'archived',
    count: edits.length,
    kept: decided.length - edits.length,
  });
}
