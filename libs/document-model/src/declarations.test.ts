/** What every declared register must fulfil. */
import { describe, expect, it } from 'vitest';
import type { Field, Option } from './field.ts';
import { fold } from './fields/choice.ts';
import { optionsOf, type Register } from './register.ts';
import { project } from './registers/project.ts';
import { findRegister, registers } from './registers/registers.ts';
import type { Words } from './words.ts';

const fieldsOf = (register: Register): readonly [string, Field][] =>
  Object.entries(register.fields);

function innerOf(field: Field): Field {
  return field.kind === 'set' ? field.of : field;
}

function wordsOf(register: Register): readonly Words[] {
  const ofFields = fieldsOf(register).flatMap(([, field]) => [
    field.label,
    innerOf(field).label,
    ...(field.hint === undefined ? [] : [field.hint]),
    ...Object.values(optionsOf(innerOf(field)) ?? {}).map((option) => option.label),
  ]);

  return [register.label, register.singular, register.purpose, ...ofFields];
}

describe('the registers', () => {
  it('[DM19] have distinct names that can stand in a document name, and are found by them', () => {
    const names = registers.map((register) => register.name);

    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^[a-z][a-z0-9-]{0,62}$/);
      expect(findRegister(name)?.name).toBe(name);
    }
    expect(findRegister('constructor')).toBeUndefined();
  });

  it('[DM20] the project has the text fields that the contract promises', () => {
    expect(project.fields['name']).toMatchObject({ kind: 'text', lines: 'one' });
    expect(project.fields['notes']).toMatchObject({ kind: 'text', lines: 'many' });
    expect(project.owners).toEqual(['parties']);
  });
});

describe.each(registers)('the register $name', (register) => {
  it('[DM21] is titled, found, owned and ordered by fields that it has', () => {
    expect(register.fields[register.title]).toMatchObject({ kind: 'text', required: true });
    for (const key of register.keys) expect(register.fields[key]).toMatchObject({ kind: 'text' });
    for (const { field } of register.sort) expect(register.fields).toHaveProperty(field);
    for (const owner of register.owners) {
      const field = register.fields[owner];
      expect(field && innerOf(field)).toMatchObject({ kind: 'reference', register: 'party' });
    }
    expect(register.sort).not.toEqual([]);
    expect(register.owners.length > 0).toBe(register.editing === 'owner-editors');
  });

  it('[DM22] names fields so that they can stand in keys and in columns', () => {
    for (const [name] of fieldsOf(register)) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(name in Object.prototype).toBe(false);
    }
  });

  it('[DM23] has options with safe keys, and names by which each is read back', () => {
    const all: readonly Readonly<Record<string, Option>>[] = fieldsOf(register)
      .map(([, field]) => optionsOf(innerOf(field)))
      .filter((options) => options !== undefined);
    for (const options of all) {
      const owner = new Map<string, string>();
      for (const [key, { label }] of Object.entries(options)) {
        expect(key).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/);
        for (const name of [key, label.en, label.ja].map(fold)) {
          expect(`${name} is ${owner.get(name) ?? key}`).toBe(`${name} is ${key}`);
          owner.set(name, key);
        }
      }
    }
  });

  it('[DM24] has a lifecycle whose states are exactly the options of its field', () => {
    const states = fieldsOf(register).filter(([, field]) => field.kind === 'state');
    expect(states.map(([name]) => name)).toEqual(
      register.lifecycle ? [register.lifecycle.field] : [],
    );
    if (register.lifecycle === undefined) return;
    const field = register.fields[register.lifecycle.field];
    const options = Object.keys((field && optionsOf(field)) ?? {});
    expect(Object.keys(register.lifecycle.moves).sort()).toEqual(options.sort());
    for (const [from, moves] of Object.entries(register.lifecycle.moves)) {
      const targets = moves.map((move) => move.to);
      expect(new Set(targets).size).toBe(targets.length);
      expect(targets).not.toContain(from);
      for (const to of targets) expect(options).toContain(to);
    }
  });

  it('[DM25] refers only to registers that exist', () => {
    for (const [, field] of fieldsOf(register)) {
      const inner = innerOf(field);
      if (inner.kind === 'reference') expect(findRegister(inner.register)).toBeDefined();
    }
  });

  it('[DM26] speaks both languages', () => {
    for (const { en, ja } of wordsOf(register)) {
      expect(en.trim()).not.toBe('');
      expect(en).not.toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
      expect(ja.trim()).not.toBe('');
    }
    expect(register.label.ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  it('[DM27] pairs the two sides of each bilingual text, and only the first can be required', () => {
    for (const [name, field] of fieldsOf(register)) {
      if (field.kind !== 'text') continue;
      if (field.translation !== undefined) {
        expect(register.fields[field.translation]).toMatchObject({ translationOf: name });
      }
      if (field.translationOf !== undefined) {
        expect(register.fields[field.translationOf]).toMatchObject({ translation: name });
        expect(field).not.toHaveProperty('required');
      }
    }
  });

  it('[DM28] is plain data that survives JSON, and can archive', () => {
    expect(JSON.parse(JSON.stringify(register))).toEqual(register);
    expect(register.fields['archived']).toMatchObject({ kind: 'boolean' });
    expect(register.version).toBeGreaterThanOrEqual(1);
  });
});
