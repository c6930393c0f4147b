/** The published form of a kind is the form of every value that its fields take. */
import { checkValue, registers, type Field, type FieldKind } from '@lodestone/document-model';
import { surroundings, valueOf } from '@lodestone/document-model/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonForms, jsonFormSchemas } from './json-forms.ts';

const fields = registers.flatMap((register) => Object.values(register.fields));
const kinds = [...new Set(fields.map(({ kind }) => kind))];
const around = surroundings('en');

describe.each(kinds)('the form of %s', (kind: FieldKind) => {
  const own = fields.filter((field) => field.kind === kind);
  const value = fc
    .constantFrom(...own)
    .chain((field) => valueOf(field, around).map((given) => [field, given] as const));

  it('takes every value that a field of it takes', () => {
    fc.assert(
      fc.property(value, ([field, given]) => {
        expect(checkValue(field, given)).toBeUndefined();
        expect(jsonFormSchemas[kind].safeParse(given).success).toBe(true);
      }),
    );
  });

  it('takes no value of quite another shape', () => {
    const [field] = own as [Field];
    const strange = [undefined, NaN, Infinity, Symbol.iterator, [[]], [1], { amount: 1 }, {}];

    for (const given of strange) {
      expect(checkValue(field, given)).toBeDefined();
      expect(jsonFormSchemas[kind].safeParse(given).success).toBe(false);
    }
    expect(jsonForms[kind]).toHaveProperty('$schema');
  });
});
