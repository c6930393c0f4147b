/** A number with an optional unit. JSON form: a finite number. */
import type { NumberField } from '../field.ts';
import { invalid, parsed, problem, type ValueProblem } from '../value-problem.ts';
import type { Codec } from './codec.ts';
import { formatNumber, parseNumber, plainText } from './numbers.ts';

export const numberCodec: Codec<NumberField> = {
  check: (field, value) => (isFiniteNumber(value) ? checkRange(field, value) : notNumber),
  parse: (field, text) => {
    const number = parseNumber(withoutUnit(text, field.unit));
    if (number === undefined) return invalid(notNumber);
    const found = checkRange(field, number);

    return found === undefined ? parsed(number) : invalid(found);
  },
  format: (_field, value, around) => formatNumber(value as number, around.language),
  compare: (_field, a, b) => (a as number) - (b as number),
};

export const notNumber = problem(
  'number.kind',
  'This must be a number, for example 1,250.5.',
  '数値を入力してください(例: 1,250.5)。',
);

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0);
}

function withoutUnit(text: string, unit: string | undefined): string {
  const plain = plainText(text);

  if (unit === undefined || !plain.endsWith(plainText(unit))) return plain;

  return plain.slice(0, -plainText(unit).length);
}

function checkRange(field: NumberField, value: number): ValueProblem | undefined {
  if (field.integer === true && !Number.isInteger(value)) {
    return problem('number.integer', 'This must be a whole number.', '整数を入力してください。');
  }
  if (field.min !== undefined && value < field.min) return tooSmall(field.min);
  if (field.max !== undefined && value > field.max) {
    return problem(
      'number.max',
      `This must be at most ${String(field.max)}.`,
      `${String(field.max)}以下の値を入力してください。`,
    );
  }

  return undefined;
}

export function tooSmall(min: number): ValueProblem {
  return problem(
    'number.min',
    `This must be at least ${String(min)}.`,
    `${String(min)}以上の値を入力してください。`,
  );
}
