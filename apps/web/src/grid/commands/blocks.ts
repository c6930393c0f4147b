/** Whole blocks of cells: copying, pasting, clearing. Each is one act, and says which cells it left as they are. */
import type { Decision } from '@lodestone/access-policy';
import {
  checkValue,
  sameValue,
  type CompartmentId,
  type RecordId,
} from '@lodestone/document-model';
import { textIn } from '../cells/cell-text.ts';
import { planPaste, type RefusedCell } from '../clipboard/paste-plan.ts';
import { formatBlock, parseBlock } from '../clipboard/tsv.ts';
import type { GridSession } from '../grid-session.ts';
import { sizeOf } from '../selection/geometry.ts';
import type { CellEdit } from '../view.ts';

/** What is marked, as tab-separated text. */
export function copyMarked(session: GridSession): string {
  const around = session.surroundings.get();
  const { ids, columns } = markedCells(session);

  return formatBlock(
    ids.map((id) => {
      const record = session.view.record(id);

      return columns.map((column) => (record === undefined ? '' : textIn(column, record, around)));
    }),
  );
}

export function paste(
  session: GridSession,
  text: string,
  newRowCompartment: CompartmentId | undefined,
): void {
  const standing = session.selection.get();
  if (standing === undefined) return;
  const { ids } = session.order.get();
  const plan = planPaste(parseBlock(text), {
    register: session.view.register,
    columns: session.layout.get().columns,
    ids,
    box: standing.box,
    around: session.surroundings.get(),
    canMakeRows: newRowCompartment !== undefined,
    record: (id) => session.view.record(id),
    decide: (id, field, to) => session.view.decide(id, field, to),
  });
  const created =
    newRowCompartment === undefined
      ? []
      : plan.created.map((fields) => ({ compartment: newRowCompartment, fields }));
  if (plan.edits.length > 0 || created.length > 0) {
    const outcome = session.view.act({ edits: plan.edits, created });
    if (outcome.status === 'denied') {
      sayDenied(session, outcome.decision);
      return;
    }
    session.order.place(outcome.created);
  }
  session.selection.mark(
    { row: plan.box.top, column: plan.box.left },
    { row: plan.box.bottom, column: plan.box.right },
  );
  session.notice.set(noticeOf('pasted', plan.total, plan.refused));
}

/** Empties what is marked. */
export function clearMarked(session: GridSession): void {
  const { ids, columns, top } = markedCells(session);
  const edits: CellEdit[] = [];
  const refused: RefusedCell[] = [];
  for (const [offset, id] of ids.entries()) {
    const record = session.view.record(id);
    if (record === undefined) continue;
    for (const column of columns) {
      const field = column.sides[0];
      const before = record.fields[field] ?? null;
      if (sameValue(before, null)) continue;
      const problem = checkValue(column.declared, null);
      const decision = session.view.decide(id, field, null);
      const reason = problem?.message ?? (decision.effect === 'deny' ? decision.reason : undefined);
      if (reason === undefined) edits.push({ record: id, field, value: null });
      else refused.push({ row: top + offset, column: column.label, text: '', reason });
    }
  }
  const outcome = edits.length > 0 ? session.view.act({ edits }) : undefined;
  if (outcome?.status === 'denied') sayDenied(session, outcome.decision);
  else session.notice.set(noticeOf('cleared', edits.length + refused.length, refused));
}

/** Nothing was written: the rights changed between the plan and the act. */
function sayDenied(session: GridSession, decision: Decision): void {
  if (decision.effect === 'deny') session.notice.set({ kind: 'denied', decision });
}

/** Nothing is said where everything went as asked: the cells show it. */
function noticeOf(kind: 'pasted' | 'cleared', total: number, refused: readonly RefusedCell[]) {
  return refused.length === 0 ? undefined : { kind, total, refused };
}

function markedCells(session: GridSession): {
  readonly ids: readonly RecordId[];
  readonly columns: ReturnType<GridSession['layout']['get']>['columns'];
  readonly top: number;
} {
  const box = session.selection.get()?.box;
  if (box === undefined) return { ids: [], columns: [], top: 0 };
  const { rows, columns } = sizeOf(box);

  return {
    ids: session.order.get().ids.slice(box.top, box.top + rows),
    columns: session.layout.get().columns.slice(box.left, box.left + columns),
    top: box.top,
  };
}
