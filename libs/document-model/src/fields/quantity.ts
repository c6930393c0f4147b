/**
 * A quantity. JSON form: `{amount, unit}`, a bound `{above, unit}` or `{below, unit}`, a band `{from, to, unit}`, or
 * the words `"withheld"` and `"not-available"`, which are values and never zero. Typed: `1,200 t`, `>95 %`,
 * `50-100 t`, `W`, `NA`.
 */
import type { Quantity, QuantityField, QuantityMark } from '../field.ts';
import { invalid, parsed, problem, type Parsed, type ValueProblem } from '../value-problem.ts';
import type { Words } from '../words.ts';
import type { Codec } from './codec.ts';
import { isFiniteNumber, notNumber, tooSmall } from './number.ts';
import { formatNumber, parseNumber, plainText } from './numbers.ts';

export const quantityMarks: Readonly<Record<QuantityMark, Words>> = {
  withheld: { en: 'withheld', ja: '非開示' },
  'not-available': { en: 'not available', ja: '不明' },
};

export const quantityCodec: Codec<QuantityField> = {
  check: (field, value) => checkQuantity(field, value),
  parse: (field, text) => {
    const read = readQuantity(field, text);
    if (read.status === 'invalid') return read;
    const found = checkQuantity(field, read.value);

    return found === undefined ? read : invalid(found);
  },
  format: (_field, value, around) => {
    const quantity = value as Quantity;
    if (typeof quantity === 'string') return quantityMarks[quantity][around.language];
    const write = (number: number) => formatNumber(number, around.language);
    if ('amount' in quantity) return `${write(quantity.amount)} ${quantity.unit}`;
    if ('above' in quantity) return `>${write(quantity.above)} ${quantity.unit}`;
    if ('below' in quantity) return `<${write(quantity.below)} ${quantity.unit}`;

    return `${write(quantity.from)}–${write(quantity.to)} ${quantity.unit}`;
  },
  compare: (_field, a, b) => rank(a as Quantity) - rank(b as Quantity),
};

/** Where a quantity stands in an order: by its amount or bound, a band by its middle, marks before all numbers. */
function rank(quantity: Quantity): number {
  if (typeof quantity === 'string') return quantity === 'withheld' ? -Number.MAX_VALUE : -1e308;
  if ('amount' in quantity) return quantity.amount;
  if ('above' in quantity) return quantity.above;
  if ('below' in quantity) return quantity.below;

  return quantity.from / 2 + quantity.to / 2;
}

function checkQuantity(field: QuantityField, value: unknown): ValueProblem | undefined {
  if (value === 'withheld' || value === 'not-available') {
    return field.allows.includes(value) ? undefined : notAllowed;
  }
  if (typeof value !== 'object' || value === null) return notQuantity;
  const { unit, ...numbers } = value as Record<string, unknown>;
  if (typeof unit !== 'string' || !field.units.includes(unit)) return unknownUnit(field);
  const shape = Object.keys(numbers).sort().join();
  if (!Object.values(numbers).every(isFiniteNumber)) return notQuantity;
  const smallest = Math.min(...(Object.values(numbers) as number[]));
  if (field.min !== undefined && smallest < field.min) return tooSmall(field.min);
  switch (shape) {
    case 'amount':
      return undefined;
    case 'above':
    case 'below':
      return field.allows.includes('bound') ? undefined : notAllowed;
    case 'from,to':
      if (!field.allows.includes('band')) return notAllowed;
      return (numbers['from'] as number) < (numbers['to'] as number) ? undefined : bandOrder;
    default:
      return notQuantity;
  }
}

function readQuantity(field: QuantityField, text: string): Parsed {
  const plain = plainText(text);
  const mark = readMark(plain);
  if (mark !== undefined) return parsed(mark);
  const unit = unitAtEnd(field, plain);
  const rest = (unit === undefined ? plain : plain.slice(0, -plainText(unit).length)).trim();
  const withUnit = { unit: unit ?? field.units[0] ?? '' };
  if (/^[<>]/.test(rest)) {
    const bound = parseNumber(rest.slice(1));
    if (bound === undefined) return invalid(notNumber);

    return parsed(
      rest.startsWith('>') ? { above: bound, ...withUnit } : { below: bound, ...withUnit },
    );
  }
  const amount = parseNumber(rest);
  if (amount !== undefined) return parsed({ amount, ...withUnit });
  const band = /^(.*[\d.])\s*[-–—~〜]\s*(-?[\d.].*)$/.exec(rest);
  const [from, to] = [parseNumber(band?.[1] ?? ''), parseNumber(band?.[2] ?? '')];
  if (from !== undefined && to !== undefined) return parsed({ from, to, ...withUnit });

  return /[\d.]$/.test(rest) || !/\d/.test(rest)
    ? invalid(notQuantity)
    : invalid(unknownUnit(field));
}

/** The longest unit that the text ends with, in whatever case it is typed. */
function unitAtEnd(field: QuantityField, plain: string): string | undefined {
  const typed = plain.toLowerCase();

  return field.units
    .filter((unit) => typed.endsWith(plainText(unit).toLowerCase()))
    .sort((a, b) => b.length - a.length)[0];
}

function readMark(text: string): QuantityMark | undefined {
  const word = text.toLowerCase();
  const marks = Object.keys(quantityMarks) as QuantityMark[];
  if (word === 'w') return 'withheld';
  if (word === 'na' || word === 'n/a') return 'not-available';

  return marks.find(
    (mark) => mark === word || quantityMarks[mark].en === word || quantityMarks[mark].ja === word,
  );
}

const notQuantity = problem(
  'quantity.kind',
  'This must be a quantity, for example 1,200, >95, 50–100, W or NA.',
  '数量を入力してください(例: 1,200、>95、50–100、非開示、不明)。',
);

const notAllowed = problem(
  'quantity.form',
  'This field does not take that form of a quantity.',
  'この項目ではその形式の数量は使えません。',
);

const bandOrder = problem(
  'quantity.band',
  'The lower end of the band must be below the upper one.',
  '範囲の下限は上限より小さくしてください。',
);

function unknownUnit(field: QuantityField): ValueProblem {
  const units = field.units.join(', ');

  return problem(
    'quantity.unit',
    `The unit must be one of: ${units}.`,
    `単位は次のいずれかです: ${units}`,
  );
}
