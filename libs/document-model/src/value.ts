/** Checks, reads, writes and orders the value of any field: the one place where the kinds meet. */
import type { Field, FieldKind, Value } from './field.ts';
import { choiceCodec, stateCodec } from './fields/choice.ts';
import type { Codec, Surroundings } from './fields/codec.ts';
import { dateCodec } from './fields/date.ts';
import { moneyCodec } from './fields/money.ts';
import { numberCodec } from './fields/number.ts';
import { quantityCodec } from './fields/quantity.ts';
import { referenceCodec } from './fields/reference.ts';
import { setCodec } from './fields/set.ts';
import { booleanCodec, pointCodec, urlCodec } from './fields/simple.ts';
import { textCodec } from './fields/text.ts';
import { invalid, parsed, problem, type Parsed, type ValueProblem } from './value-problem.ts';

const codecs = {
  text: textCodec,
  number: numberCodec,
  quantity: quantityCodec,
  money: moneyCodec,
  date: dateCodec,
  choice: choiceCodec,
  reference: referenceCodec,
  set: setCodec,
  boolean: booleanCodec,
  url: urlCodec,
  point: pointCodec,
  state: stateCodec,
} satisfies { [K in FieldKind]: Codec<Extract<Field, { kind: K }>> };

/** A codec sees only fields of its own kind, which the table above guarantees. */
function codecOf(field: Field): Codec<Field> {
  return codecs[field.kind];
}

/** Why a stored value cannot stand in the field; null is the empty cell, blank text and an empty set are no less empty. */
export function checkValue(field: Field, value: unknown): ValueProblem | undefined {
  if (field.required === true && isBlank(value)) return missing;
  if (value === null) return undefined;

  return codecOf(field).check(field, value);
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === '';

  return value === null || (Array.isArray(value) && value.length === 0);
}

/** Reads what a person typed or pasted. White space alone empties the cell. */
export function parseValue(field: Field, text: string, around: Surroundings): Parsed {
  const trimmed = field.kind === 'text' && field.lines === 'many' ? text : text.trim();
  const read = trimmed.trim() === '' ? parsed(null) : codecOf(field).parse(field, trimmed, around);
  if (read.status === 'invalid' || !isBlank(read.value)) return read;

  return field.required === true ? invalid(missing) : parsed(null);
}

/** Writes a value as text; the empty cell is the empty text. */
export function formatValue(field: Field, value: Value, around: Surroundings): string {
  return value === null ? '' : codecOf(field).format(field, value, around);
}

/** Orders two values; empty cells stand last. */
export function compareValues(field: Field, a: Value, b: Value, around: Surroundings): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);

  return codecOf(field).compare(field, a, b, around);
}

/** Whether two values are the same JSON, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  if (Array.isArray(a) !== Array.isArray(b) || left.length !== Object.keys(b).length) return false;

  return left.every(([key, value]) => Object.hasOwn(right, key) && sameValue(value, right[key]));
}

const missing = problem(
  'value.required',
  'This field cannot be empty.',
  'この項目は空にできません。',
);
