/** Moving about: where the person stands and what he has marked. */
import type { RecordId } from '@lodestone/document-model';
import type { GridSession } from '../grid-session.ts';
import { stepFrom, type Step } from '../selection/geometry.ts';

/** Steps from the active cell, or from the corner of what is marked where the marking is extended. */
export function move(session: GridSession, step: Step, extend: boolean): void {
  const standing = session.selection.get();
  if (standing === undefined) return;
  const extent = { ...extentOf(session), pageRows: session.window.get().pageRows() };
  const to = stepFrom(extend ? standing.corner : standing.at, step, extent);
  if (extend) session.selection.extendTo(to);
  else session.selection.stand(to);
  const now = session.selection.get();
  if (now !== undefined) session.window.get().reveal(extend ? now.corner : now.at);
}

export function markAll(session: GridSession): void {
  const { rows, columns } = extentOf(session);
  session.selection.mark({ row: 0, column: 0 }, { row: rows - 1, column: columns - 1 });
}

/** Marks whole rows, from the row the person stands in where the marking is extended. */
export function markRow(session: GridSession, row: number, extend: boolean): void {
  const from = extend ? (session.selection.get()?.at.row ?? row) : row;
  const last = session.layout.get().columns.length - 1;
  session.selection.mark({ row: from, column: 0 }, { row, column: last });
}

/** Goes to a record's row, in the column one stands in; where it is not shown, nothing happens. */
export function goToRecord(session: GridSession, record: RecordId): void {
  const active = session.selection.get()?.active;
  if (active?.record === record || session.order.rowOf(record) === undefined) return;
  session.selection.standIn(record, active?.field ?? session.view.register.title);
  const at = session.selection.get()?.at;
  if (at !== undefined) session.window.get().reveal(at);
}

/** Back to the active cell alone. */
export function unmark(session: GridSession): void {
  const at = session.selection.get()?.at;
  if (at !== undefined) session.selection.stand(at);
}

function extentOf(session: GridSession): {
  readonly rows: number;
  readonly columns: number;
} {
  return {
    rows: session.order.get().ids.length,
    columns: session.layout.get().columns.length,
  };
}
