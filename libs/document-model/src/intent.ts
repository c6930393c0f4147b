/** What a person meant by an edit, independent of any document's history: the unit of outbox, replay and undo. */
import { formatCellKey } from './cell-key.ts';
import type { Value } from './field.ts';
import type { RecordId } from './ids.ts';
import type { Birth } from './birth.ts';

export type Intent =
  | { readonly act: 'create'; readonly record: RecordId; readonly birth: Birth }
  | {
      readonly act: 'set';
      readonly record: RecordId;
      readonly field: string;
      readonly value: Value;
    }
  | {
      readonly act: 'element';
      readonly record: RecordId;
      readonly field: string;
      readonly element: string;
      readonly present: boolean;
    };

/** The key and JSON value that an intent writes into a document. */
export function writeOf(intent: Intent): { readonly key: string; readonly value: unknown } {
  switch (intent.act) {
    case 'create':
      return { key: formatCellKey(intent.record), value: intent.birth };
    case 'set':
      return { key: formatCellKey(intent.record, intent.field), value: intent.value };
    case 'element':
      return {
        key: formatCellKey(intent.record, intent.field, intent.element),
        value: intent.present,
      };
  }
}
