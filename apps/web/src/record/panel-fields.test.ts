/** Which fields the panel shows, for every declared register. */
import { describe, expect, it } from 'vitest';
import { registers, type Register } from '@lodestone/document-model';
import { addressField, panelFields } from './panel-fields.ts';

const all = () => true;

describe.each(registers.map((register) => [register.name, register] as const))(
  'the panel of %s',
  (_name, register) => {
    it('shows every field once, but the archive mark', () => {
      const shown = panelFields(register, all).flatMap(({ name, translation }) =>
        translation === undefined ? [name] : [name, translation],
      );

      expect([...shown, 'archived'].sort()).toEqual(Object.keys(register.fields).sort());
    });
  },
);

it('shows a retired field only where it still has a value', () => {
  const label = { en: 'Old', ja: '旧' };
  const register = {
    fields: { old: { kind: 'text', lines: 'one', label, retired: true } },
  } as unknown as Register;

  expect(panelFields(register, () => false)).toEqual([]);
  expect(panelFields(register, all).map(({ name }) => name)).toEqual(['old']);
});

it('finds the address of a source', () => {
  const source = registers.find(({ name }) => name === 'source');
  const party = registers.find(({ name }) => name === 'party');

  expect(source && addressField(source)).toBe('url');
  expect(party && addressField(party)).toBeUndefined();
});
