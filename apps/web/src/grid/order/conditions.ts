/** The conditions by which a reader filters rows, and which of them fit which kind of field. */
import {
  compareValues,
  fold,
  sameValue,
  type Field,
  type FieldKind,
  type RegisterRecord,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import { textIn } from '../cells/cell-text.ts';
import { valueIn, type Column } from '../columns/column.ts';

/** `has` and `has-not` ask for an element of a set. */
export type Test =
  'contains' | 'is' | 'is-not' | 'has' | 'has-not' | 'greater' | 'less' | 'empty' | 'not-empty';

export interface Condition {
  readonly field: string;
  readonly test: Test;
  /** What is compared with; null where the test needs nothing. */
  readonly value: Value;
}

/** All must hold. The quick text is looked for in every shown column. */
export interface Filter {
  readonly quick: string;
  readonly conditions: readonly Condition[];
}

export const noFilter: Filter = { quick: '', conditions: [] };

const emptiness = ['empty', 'not-empty'] as const;
const words: readonly Test[] = ['contains', 'is', 'is-not', ...emptiness];
const sizes: readonly Test[] = ['is', 'is-not', 'greater', 'less', ...emptiness];
const picks: readonly Test[] = ['is', 'is-not', ...emptiness];

const testsOfKind: Readonly<Record<FieldKind, readonly Test[]>> = {
  text: words,
  url: words,
  point: emptiness,
  number: sizes,
  quantity: sizes,
  money: sizes,
  date: sizes,
  choice: picks,
  state: picks,
  reference: picks,
  boolean: picks,
  set: ['has', 'has-not', ...emptiness],
};

export function testsFor(field: Field): readonly Test[] {
  return testsOfKind[field.kind];
}

export function needsValue(test: Test): boolean {
  return test !== 'empty' && test !== 'not-empty';
}

export function holds(
  condition: Condition,
  column: Column,
  record: RegisterRecord,
  around: Surroundings,
): boolean {
  const { value } = valueIn(column, record);
  const order = () => compareValues(column.declared, value, condition.value, around);
  switch (condition.test) {
    case 'empty':
      return value === null;
    case 'not-empty':
      return value !== null;
    case 'contains':
      return fold(textIn(column, record, around)).includes(fold(textOf(condition.value)));
    case 'is':
      return isSame(value, condition.value);
    case 'is-not':
      return !isSame(value, condition.value);
    case 'has':
      return Array.isArray(value) && value.includes(condition.value);
    case 'has-not':
      return !(Array.isArray(value) && value.includes(condition.value));
    case 'greater':
      return value !== null && order() > 0;
    case 'less':
      return value !== null && order() < 0;
  }
}

/** What `contains` looks for is always a text. */
function textOf(value: Value): string {
  return typeof value === 'string' ? value : '';
}

/** Case and width do not tell two texts apart; everything else is compared as a value. */
function isSame(a: Value, b: Value): boolean {
  if (typeof a === 'string' && typeof b === 'string') return fold(a) === fold(b);

  return sameValue(a, b);
}
