/** The declarations over HTTP: all that a program needs that writes into a document (contract, parts 4 and 5). */
import { registersAnswerSchema, routes } from '@lodestone/api-contract';
import { isRecordId, registers, type Field, type Register } from '@lodestone/document-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServedWorkspace, type ServedPerson } from '../testing/served-workspace.ts';

interface Declared {
  readonly version: number;
  readonly registers: readonly Register[];
  readonly kinds: Readonly<Record<string, unknown>>;
}

let workspace: ServedWorkspace;
let reader: ServedPerson;
let declared: Declared;

beforeAll(async () => {
  workspace = await ServedWorkspace.start();
  await workspace.addParties('FRA');
  reader = await workspace.addPerson('fra.observer', 'FRA', 'observer');
  declared = (await (await reader.browser.call(routes.registers)).json()) as Declared;
});

afterAll(async () => {
  await workspace.stop();
});

const fields = (): readonly Field[] =>
  declared.registers.flatMap((register) => Object.values(register.fields));

describe('the declarations', () => {
  it('are those that the server itself goes by', () => {
    expect(registersAnswerSchema.safeParse(declared).success).toBe(true);
    expect(declared.registers).toEqual(JSON.parse(JSON.stringify(registers)));
    expect(declared.version).toBeGreaterThanOrEqual(1);
  });

  it('name the registers of the task, and of `project` the fields that the contract names', () => {
    const names = declared.registers.map(({ name }) => name as string);
    const project = declared.registers.find(({ name }) => (name as string) === 'project');

    expect(names).toEqual(
      expect.arrayContaining(['project', 'capacity-line', 'milestone', 'source', 'material']),
    );
    expect(project).toMatchObject({
      owners: ['parties'],
      editing: 'owner-editors',
      fields: { name: { kind: 'text' }, notes: { kind: 'text' }, parties: { kind: 'set' } },
    });
  });

  it('label every register, field and option in English and Japanese', () => {
    const labels = [
      ...declared.registers.flatMap(({ label, singular, purpose }) => [label, singular, purpose]),
      ...fields().flatMap((field) => [
        field.label,
        ...('options' in field ? Object.values(field.options).map(({ label }) => label) : []),
      ]),
    ];

    expect(labels.length).toBeGreaterThan(100);
    expect(labels.filter(({ en, ja }) => en === '' || ja === '')).toEqual([]);
  });

  it('give units, currencies, options and what is referred to', () => {
    const names = new Set(declared.registers.map(({ name }) => name as string));
    for (const field of fields()) {
      const inner = field.kind === 'set' ? field.of : field;
      if (inner.kind === 'reference') expect(names).toContain(inner.register);
      if (inner.kind === 'quantity') expect(inner.units).not.toHaveLength(0);
      if (inner.kind === 'money') expect(inner.currencies).not.toHaveLength(0);
      if (inner.kind === 'choice' || inner.kind === 'state')
        expect(Object.keys(inner.options).filter((key) => !isRecordId(key))).toEqual([]);
    }
  });

  it('give every lifecycle with its moves, and who makes them', () => {
    const withLifecycle = declared.registers.filter(({ lifecycle }) => lifecycle !== undefined);

    expect(withLifecycle).not.toHaveLength(0);
    for (const { lifecycle, fields: own } of withLifecycle) {
      const state = own[lifecycle?.field ?? ''];
      const states = state?.kind === 'state' ? Object.keys(state.options) : [];
      const targets = Object.values(lifecycle?.moves ?? {}).flatMap((moves) =>
        moves.map(({ to }) => to),
      );
      expect(states).toEqual(expect.arrayContaining(targets));
      expect(Object.keys(lifecycle?.moves ?? {}).toSorted()).toEqual(states.toSorted());
    }
  });

  it('give the JSON form of every kind of field, as a JSON Schema', () => {
    const kinds = new Set(fields().map(({ kind }) => kind));

    expect(Object.keys(declared.kinds)).toEqual(expect.arrayContaining([...kinds]));
    for (const form of Object.values(declared.kinds))
      expect(form).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema' });
    expect(declared.kinds['text']).toMatchObject({ type: 'string', maxLength: 16_384 });
    expect(declared.kinds['set']).toMatchObject({ type: 'array', maxItems: 256 });
  });
});

describe('a caller who is not signed in', () => {
  it('is told nothing', async () => {
    expect((await workspace.serving.browser().call(routes.registers)).status).toBe(401);
  });
});
