/** Who put a value into a cell, and when, as far as the history can be read now. */
import { sameValue, type Value } from '@lodestone/document-model';
import type { FieldChange } from '../record/record-history.ts';
import { useRecordHistory } from '../record/use-record-history.ts';
import type { Cell, CellPlace } from './use-cell.ts';

/** The changes of the cell, newest first; none while the history cannot be read. */
export function useCellChanges(cell: Cell, { record, field }: CellPlace): readonly FieldChange[] {
  const history = useRecordHistory(cell.view, record);

  return history.status === 'read' ? (history.history.byField.get(field) ?? []) : [];
}

/** The newest change that put this value there. */
export function changeTo(changes: readonly FieldChange[], value: Value): FieldChange | undefined {
  return changes.find((change) => change.element === undefined && sameValue(change.new, value));
}
