/** One act as the undo stack remembers it: what each cell was before, and after. */
import type { RecordId, Value } from '@lodestone/document-model';

export type UndoChange = {
  readonly document: string;
  readonly record: RecordId;
  /** The last edit that carried it. */
  readonly edit: string;
} & (
  | { readonly part: 'record' }
  | {
      readonly part: 'field';
      readonly field: string;
      readonly before: Value;
      readonly after: Value;
    }
  | {
      readonly part: 'element';
      readonly field: string;
      readonly element: string;
      /** Whether the act put it in; undone, it is taken out. */
      readonly present: boolean;
    }
);

export interface UndoStep {
  readonly id: number;
  readonly undone: boolean;
  readonly changes: readonly UndoChange[];
}
