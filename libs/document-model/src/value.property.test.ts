/** Every field kind, in both languages: what is written reads back, and what is read fits. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field } from './field.ts';
import { registers } from './registers/registers.ts';
import { birthOf, surroundings, valueOf } from './testing/index.ts';
import { sampleFields } from './testing/sample-fields.ts';
import { checkBirth } from './birth.ts';
import { checkValue, compareValues, formatValue, parseValue, sameValue } from './value.ts';
import { languages } from './words.ts';

const declared = registers.flatMap(({ name, fields }) =>
  Object.entries(fields).map(([field, one]) => [`${name}.${field}`, one] as const),
);
const fields: readonly (readonly [string, Field])[] = [
  ...Object.entries(sampleFields),
  ...declared,
];
const worlds = languages.map((language) => surroundings(language));
const typed = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...Array.from('0123456789.,-–−ー+<>e;"  tQH年月日/T1９W￥%')),
  }),
);
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withTypedArray: true, withSparseArray: true, maxDepth: 2 }),
  fc.record({ amount: fc.double(), unit: fc.constantFrom('t', 't/yr') }),
  fc.record({ minor: fc.double(), currency: fc.constantFrom('USD', 'JPY') }),
  fc.record({ lat: fc.double(), lon: fc.double() }),
);

describe.each(fields)('%s', (_name, field) => {
  it.each(worlds)('[DM1] a value written in $language reads back as the same value', (around) => {
    fc.assert(
      fc.property(valueOf(field, around), (value) => {
        const read = parseValue(field, formatValue(field, value, around), around);

        expect(read).toEqual({ status: 'parsed', value });
      }),
    );
  });

  it('[DM2] a value that people can enter fits, and is the same after a journey as JSON', () => {
    const [around] = worlds;
    if (around === undefined) throw new Error('no languages');
    fc.assert(
      fc.property(valueOf(field, around), (value) => {
        const travelled = JSON.parse(JSON.stringify(value)) as unknown;

        expect(checkValue(field, value)).toBeUndefined();
        expect(sameValue(travelled, value)).toBe(true);
      }),
    );
  });
});

describe.each(Object.entries(sampleFields) as [string, Field][])('%s', (_name, field) => {
  it('[DM3] whatever is typed, what is read fits the field or is refused in both languages', () => {
    for (const around of worlds) {
      fc.assert(
        fc.property(typed, (text) => {
          const read = parseValue(field, text, around);

          if (read.status === 'parsed') expect(checkValue(field, read.value)).toBeUndefined();
          else
            for (const language of languages) expect(read.problem.message[language]).not.toBe('');
        }),
      );
    }
  });

  it('[DM4] whatever is sent, it is judged without an error, and what fits is JSON', () => {
    fc.assert(
      fc.property(anything, (value) => {
        const found = checkValue(field, value);

        if (found === undefined) {
          expect(sameValue(JSON.parse(JSON.stringify(value)), value)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('[DM5] the order of values is total: antisymmetric, transitive, empty cells last', () => {
    for (const around of worlds) {
      const values = fc.option(valueOf(field, around), { nil: null });
      const order = (a: Parameters<typeof compareValues>[1], b: typeof a) =>
        Math.sign(compareValues(field, a, b, around));
      fc.assert(
        fc.property(values, values, values, (a, b, c) => {
          expect(order(a, b) + order(b, a)).toBe(0);
          if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0);
          if (a !== null) expect(order(a, null)).toBe(-1);
        }),
      );
    }
  });
});

describe.each(registers)('the register $name', (register) => {
  it('[DM6] accepts every birth of values that fit their fields', () => {
    const [around] = worlds;
    if (around === undefined) throw new Error('no languages');
    fc.assert(
      fc.property(birthOf(register, around), (birth) => {
        expect(checkBirth(register, birth)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
