/** A condition in words: the name of its test, and the whole sentence for its chip. */
import type { Field } from '@lodestone/document-model';
import type { GridKey, GridText } from '../grid-words.ts';
import type { Condition, Test } from '../order/conditions.ts';

const testKeys = {
  contains: 'testContains',
  is: 'testIs',
  'is-not': 'testIsNot',
  has: 'testHas',
  'has-not': 'testHasNot',
  greater: 'testGreater',
  less: 'testLess',
  empty: 'testEmpty',
  'not-empty': 'testNotEmpty',
} as const satisfies Record<Test, GridKey>;

const chipKeys = {
  contains: 'chipContains',
  is: 'chipIs',
  'is-not': 'chipIsNot',
  has: 'chipHas',
  'has-not': 'chipHasNot',
  greater: 'chipGreater',
  less: 'chipLess',
  empty: 'chipEmpty',
  'not-empty': 'chipNotEmpty',
} as const satisfies Record<Test, GridKey>;

export function testWords(test: Test, field: Field, text: GridText): string {
  if (field.kind === 'date' && test === 'greater') return text('testAfter');
  if (field.kind === 'date' && test === 'less') return text('testBefore');

  return text(testKeys[test]);
}

export interface ConditionInWords {
  readonly condition: Condition;
  readonly field: Field;
  readonly column: string;
  readonly value: string;
}

export function conditionSentence(said: ConditionInWords, text: GridText): string {
  const { condition, field, column, value } = said;
  const values = { column, value };
  if (field.kind === 'date' && condition.test === 'greater') return text('chipAfter', values);
  if (field.kind === 'date' && condition.test === 'less') return text('chipBefore', values);

  return text(chipKeys[condition.test], values);
}
