/** Births that are refused, and why. */
import { describe, expect, it } from 'vitest';
import { checkBirth } from './birth.ts';
import { project } from './registers/project.ts';
import { source } from './registers/source.ts';

const born = { name: 'Nolans project' };

describe('checkBirth', () => {
  it.each([
    ['null', null],
    ['a text', 'Nolans'],
    ['an array', [born]],
    ['bytes', new Uint8Array(0)],
    ['nothing', undefined],
  ])('[DM29] %s is no birth', (_name, value) => {
    expect(checkBirth(project, value)).toMatchObject({
      field: '',
      problem: { code: 'birth.kind' },
    });
  });

  it.each([
    ['an unknown field', { ...born, colour: 'red' }, 'colour', 'field.unknown'],
    ['a field of every object', { ...born, toString: 'x' }, 'toString', 'field.unknown'],
    ['a bigint under an unknown field', { ...born, size: 5n }, 'size', 'field.unknown'],
    ['a value that does not fit', { ...born, statusAsOf: '2027-13' }, 'statusAsOf', 'date.kind'],
    ['a field without a value', { ...born, notes: undefined }, 'notes', 'text.kind'],
    ['no title', { notes: 'x' }, 'name', 'value.required'],
    ['an empty title', { name: '' }, 'name', 'value.required'],
    ['a title that is null', { name: null }, 'name', 'value.required'],
  ])('[DM29] refuses %s and names the field', (_name, value, field, code) => {
    expect(checkBirth(project, value)).toMatchObject({ field, problem: { code } });
  });

  it('[DM29] a key that JSON may hold and an object hides is an unknown field', () => {
    const value: unknown = JSON.parse('{"name": "Nolans project", "__proto__": {}}');

    expect(checkBirth(project, value)?.field).toBe('__proto__');
  });

  it('[DM29] a retired field is read, never written', () => {
    const grown = {
      ...source,
      fields: { ...source.fields, old: { ...source.fields['notes'], retired: true } },
    } as typeof source;

    expect(checkBirth(grown, { title: 'A', old: 'x' })?.problem.code).toBe('field.unknown');
  });

  it('[DM30] holds 64 KiB at most', () => {
    const text = 'x'.repeat(16_384);
    const value = { name: 'n', nameJa: text, sponsors: text, status: text, notes: text };

    expect(checkBirth(project, value)).toMatchObject({
      field: '',
      problem: { code: 'birth.too-large' },
    });
    expect(checkBirth(project, { ...value, nameJa: null })).toBeUndefined();
  });

  it('[DM6] takes a bilingual text on either side, and asks for one of them', () => {
    expect(checkBirth(project, { nameJa: '南鳥島' })).toBeUndefined();
    expect(checkBirth(project, { nameJa: null })).toMatchObject({ field: 'name' });
    expect(checkBirth(project, {})).toMatchObject({ field: 'name' });
  });
});
