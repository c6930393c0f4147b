/** The keys of a document's root map: `<record>`, `<record>/<field>`, `<record>/<field>/<element>`. */
import { isRecordId, type RecordId } from './ids.ts';

export type CellKey =
  | { readonly part: 'birth'; readonly record: RecordId }
  | { readonly part: 'cell'; readonly record: RecordId; readonly field: string }
  | {
      readonly part: 'element';
      readonly record: RecordId;
      readonly field: string;
      readonly element: string;
    };

/** The longest key a document may hold, in UTF-16 units: record, field and element with two slashes. */
export const longestKey = 200;

export function parseCellKey(key: string): CellKey | undefined {
  const [record, field, element, more] = key.split('/');
  if (more !== undefined || !isRecordId(record)) return undefined;
  if (field === undefined) return { part: 'birth', record };
  if (field === '') return undefined;
  if (element === undefined) return { part: 'cell', record, field };

  return element === '' ? undefined : { part: 'element', record, field, element };
}

export function formatCellKey(record: RecordId, field?: string, element?: string): string {
  if (field === undefined) return record;

  return element === undefined ? `${record}/${field}` : `${record}/${field}/${element}`;
}
