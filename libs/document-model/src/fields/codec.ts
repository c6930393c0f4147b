/** What every field kind can do: check a stored value, read typed text, write text, and order values. */
import type { Field, Value } from '../field.ts';
import type { Parsed, ValueProblem } from '../value-problem.ts';
import type { Language } from '../words.ts';

/** What a codec must be told about the world: the reader's language and the titles of other records. */
export interface Surroundings {
  readonly language: Language;
  /** The title of a record, or undefined where the reader cannot resolve it. */
  titleOf(register: string, record: string): string | undefined;
  /** The record that a typed title, symbol or id means, or undefined. */
  recordFor(register: string, text: string): string | undefined;
}

export interface Codec<F extends Field> {
  /** Why a stored value does not fit the field; it is called for values that are not null. */
  check(field: F, value: unknown): ValueProblem | undefined;
  /** Reads what a person typed or pasted; the text is trimmed and not empty. */
  parse(field: F, text: string, around: Surroundings): Parsed;
  /** Writes a valid value as text that `parse` reads back to the same value. */
  format(field: F, value: NonNullable<Value>, around: Surroundings): string;
  /** Orders two valid values; empty cells are ordered by the caller. */
  compare(field: F, a: NonNullable<Value>, b: NonNullable<Value>, around: Surroundings): number;
}
