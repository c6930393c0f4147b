/** A cell as text: for reading, copying, searching and announcing. */
import {
  formatValue,
  type Field,
  type RegisterRecord,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import { valueIn, type Column } from '../columns/column.ts';

/** What the reader sees in the cell, in the form that can be pasted back; the empty cell is the empty text. */
export function textIn(column: Column, record: RegisterRecord, around: Surroundings): string {
  return formatValue(column.declared, valueIn(column, record).value, around);
}

/** Text for the eye: negative numbers carry the true minus sign. */
export function readableText(field: Field, value: Value, around: Surroundings): string {
  const text = formatValue(field, value, around);
  if (field.kind === 'number' || field.kind === 'money') return text.replace('-', '\u2212');

  return text;
}
