/** A date as exactly as it is known. JSON form: `2027`, `2027-H1`, `2027-Q1`, `2027-03` or `2027-03-31`. */
import type { DateField } from '../field.ts';
import { invalid, parsed, problem } from '../value-problem.ts';
import type { Codec } from './codec.ts';
import { plainText } from './numbers.ts';

export const dateCodec: Codec<DateField> = {
  check: (_field, value) => (isDate(value) ? undefined : notDate),
  parse: (_field, text) => {
    const value = readDate(text);

    return value !== undefined && isDate(value) ? parsed(value) : invalid(notDate);
  },
  format: (_field, value) => value as string,
  compare: (_field, a, b) => {
    const [left, right] = [order(a as string), order(b as string)];

    return left < right ? -1 : left > right ? 1 : 0;
  },
};

const notDate = problem(
  'date.kind',
  'This must be a date: 2027-03-31, or as much as is known: 2027-03, 2027-Q1, 2027-H1, 2027.',
  '日付を入力してください: 2027-03-31。分かる範囲でも可: 2027-03、2027-Q1、2027-H1、2027',
);

function isDate(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = /^(\d{4})(?:-(?:Q[1-4]|H[12]|(\d{2})(?:-(\d{2}))?))?$/.exec(value);
  if (match === null) return false;
  const [, year, month, day] = match;
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) return false;
  if (day === undefined) return true;

  return Number(day) >= 1 && Number(day) <= daysIn(Number(year), Number(month));
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;

  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}

function readDate(text: string): string | undefined {
  const plain = plainText(text).toUpperCase();
  const part = /^(\d{4})[-\s/年]*([QH])([1-4])$/.exec(plain);
  if (part !== null) return `${part[1] ?? ''}-${part[2] ?? ''}${part[3] ?? ''}`;
  const leading = /^([QH])([1-4])[-\s/]*(\d{4})$/.exec(plain);
  if (leading !== null) return `${leading[3] ?? ''}-${leading[1] ?? ''}${leading[2] ?? ''}`;
  const quarter = /^(\d{4})年?\s*第([1-4])四半期$/.exec(plain);
  if (quarter !== null) return `${quarter[1] ?? ''}-Q${quarter[2] ?? ''}`;
  const half = /^(\d{4})年?\s*([上下])(?:半)?期$/.exec(plain);
  if (half !== null) return `${half[1] ?? ''}-H${half[2] === '上' ? '1' : '2'}`;
  const days =
    /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(plain) ??
    /^(\d{4})年\s*(?:(\d{1,2})月\s*(?:(\d{1,2})日)?)?$/.exec(plain);
  if (days === null) return undefined;
  const rest = [days[2], days[3]].filter((digits) => digits !== undefined);

  return [days[1], ...rest.map((digits) => digits.padStart(2, '0'))].join('-');
}

/** A whole period stands before its parts: 2027 before 2027-H1, 2027-Q1, 2027-01, 2027-01-01. */
function order(date: string): string {
  const [year, part] = [date.slice(0, 4), date.slice(5)];
  if (part === '') return year;
  if (part.startsWith('H')) return `${year}-${part === 'H1' ? '01' : '07'}-!0`;
  if (part.startsWith('Q')) {
    return `${year}-${String((Number(part.slice(1)) - 1) * 3 + 1).padStart(2, '0')}-!1`;
  }

  return part.length === 2 ? `${date}-!2` : date;
}
