/** Records as CSV (RFC 4180), stored values as people write them in English, safe to open in a spreadsheet. */
import type { RecordItem } from '@lodestone/api-contract';
import {
  formatValue,
  type Register,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import Papa from 'papaparse';

/** References are written as ids: an export names nothing that its reader may not resolve. */
const ids: Surroundings = {
  language: 'en',
  titleOf: (_register, record) => record,
  recordFor: (_register, text) => text,
};

/**
 * What a spreadsheet would calculate, also behind white space or in full width; the text may go on over several lines. A
 * negative number or a pair of them is no formula and stays a number.
 */
const formula = /^\s*[=+@＝＋＠]|^[\t\r]|^\s*[-－](?!\d[\d,.]*(?:, -?\d[\d,.]*)?$)/;

export function toCsv(register: Register, records: readonly RecordItem[]): string {
  const fields = Object.entries(register.fields);
  const rows = records.map((record) => [
    record.id,
    ...fields.map(([name, field]) =>
      formatValue(field, (record.fields[name] ?? null) as Value, ids),
    ),
  ]);

  return Papa.unparse([['id', ...fields.map(([name]) => name)], ...rows], {
    escapeFormulae: formula,
  });
}
