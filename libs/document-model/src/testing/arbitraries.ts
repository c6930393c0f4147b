/** Values that people can enter, for any field, and births of any register. */
import fc from 'fast-check';
import type { Birth } from '../birth.ts';
import type {
  Field,
  MoneyField,
  NumberField,
  Quantity,
  QuantityField,
  TextField,
  Value,
} from '../field.ts';
import { minorDigits } from '../fields/money.ts';
import { largestSet } from '../fields/set.ts';
import { archivedField, type Register } from '../register.ts';
import type { KnownSurroundings } from './surroundings.ts';

type Given = NonNullable<Value>;

/** Values of a field in the form in which parsing gives them: texts without outer space, sets sorted, never empty. */
export function valueOf(field: Field, around: KnownSurroundings): fc.Arbitrary<Given> {
  switch (field.kind) {
    case 'text':
      return textOf(field);
    case 'number':
      return numberOf(field);
    case 'quantity':
      return quantityOf(field);
    case 'money':
      return moneyOf(field);
    case 'date':
      return dates;
    case 'choice':
    case 'state':
      return fc.constantFrom(...Object.keys(field.options));
    case 'reference':
      return fc.constantFrom(...around.known);
    case 'set':
      return fc
        .uniqueArray(valueOf(field.of, around) as fc.Arbitrary<string>, {
          minLength: 1,
          maxLength: largestSet,
        })
        .map((elements) => elements.sort());
    case 'boolean':
      return fc.boolean();
    case 'url':
      return urls;
    case 'point':
      return plain({
        lat: numbers({ min: -90, max: 90 }),
        lon: numbers({ min: -180, max: 180 }),
      });
  }
}

/** Births that the register accepts: the required fields, and any of the others, empty ones too. */
export function birthOf(register: Register, around: KnownSurroundings): fc.Arbitrary<Birth> {
  const open = Object.entries(register.fields).filter(
    ([name, field]) => name !== archivedField && field.retired !== true,
  );
  const required = open.filter(([, field]) => field.required === true).map(([name]) => name);
  const model = open.map(([name, field]) => [
    name,
    field.required === true
      ? valueOf(field, around)
      : fc.option(valueOf(field, around), { nil: null, freq: 6 }),
  ]);

  return fc.record(Object.fromEntries(model) as Record<string, fc.Arbitrary<Value>>, {
    requiredKeys: required,
    noNullPrototype: true,
  });
}

/** Yjs stores only objects with a prototype. */
function plain<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

const japanese = fc.constantFrom(
  ...Array.from('重鉱物レアアースー・「」(１２３)㈱①、；𠮷'),
  '葛\u{e0100}',
);
const word = fc.string({
  unit: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), japanese),
  maxLength: 60,
});

function textOf(field: TextField): fc.Arbitrary<string> {
  const lines =
    field.lines === 'one' ? word : fc.array(word, { maxLength: 4 }).map((many) => many.join('\n'));
  const shaped = lines.map((text) => (field.lines === 'one' ? text.trim() : text));

  return shaped.filter((text) => text.trim() !== '' && !/\r/.test(text) && oneLine(field, text));
}

function oneLine(field: TextField, text: string): boolean {
  return field.lines === 'many' || !text.includes('\n');
}

function numbers(range: { readonly min?: number; readonly max?: number }): fc.Arbitrary<number> {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = range;
  const everyday = fc
    .integer({ min: -2_000_000_000, max: 2_000_000_000 })
    .map((thousandths) => thousandths / 1000)
    .map((number) => (number < min || number > max ? Math.min(Math.max(0, min), max) : number));

  return fc.oneof(everyday, fc.double({ min, max, noNaN: true })).map((number) => number + 0);
}

function numberOf(field: NumberField): fc.Arbitrary<number> {
  if (field.integer !== true) return numbers(field);
  const { min = -Number.MAX_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = field;

  return fc.integer({ min: Math.ceil(min), max: Math.floor(max) });
}

function quantityOf(field: QuantityField): fc.Arbitrary<Quantity> {
  const number = numbers(field.min === undefined ? {} : { min: field.min });
  const unit = fc.constantFrom(...field.units);
  const forms: fc.Arbitrary<Quantity>[] = [plain({ amount: number, unit })];
  for (const form of field.allows) {
    if (form === 'bound') {
      forms.push(plain({ above: number, unit }), plain({ below: number, unit }));
    } else if (form === 'band') {
      const band = fc.uniqueArray(number, { minLength: 2, maxLength: 2 });
      forms.push(
        fc
          .tuple(band, unit)
          .map(([ends, of]) => ({ from: Math.min(...ends), to: Math.max(...ends), unit: of })),
      );
    } else forms.push(fc.constant(form));
  }

  return fc.oneof(...forms);
}

function moneyOf(field: MoneyField): fc.Arbitrary<Given> {
  const most = 9e13;

  return fc.constantFrom(...field.currencies).chain((currency) => {
    const whole = 10 ** minorDigits(currency);
    const minor = fc.oneof(
      fc.integer({ min: -most, max: most }),
      fc.integer({ min: -10_000, max: 10_000 }).map((units) => units * whole + 0),
    );

    return plain({ minor, currency: fc.constant(currency) });
  });
}

const days = fc
  .date({
    min: new Date('1900-01-01T00:00:00Z'),
    max: new Date('2199-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));

const dates = fc.tuple(days, fc.integer({ min: 0, max: 4 })).map(([day, precision]) => {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  const forms = [
    year,
    `${year}-H${String(Math.ceil(month / 6))}`,
    `${year}-Q${String(Math.ceil(month / 3))}`,
    day.slice(0, 7),
  ];

  return forms[precision] ?? day;
});

const urls = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constant('https://example.org/€216m-funding--for-rare-earths-'),
);
