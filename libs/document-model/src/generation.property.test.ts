/** A generation reads as what it was made of, and its bytes are the same for the same records, whatever their history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Value } from './field.ts';
import { encodeGeneration, generationHash } from './generation.ts';
import type { RecordId } from './ids.ts';
import { writeOf, type Intent } from './intent.ts';
import { RegisterRecords } from './records.ts';
import { register, type Register } from './register.ts';
import { sampleFields } from './testing/sample-fields.ts';
import { birthOf, surroundings, valueOf } from './testing/index.ts';

const words = { en: 'Sample', ja: '見本' };
/** A field of every kind. */
const sample: Register = register('sample', {
  ...{ label: words, singular: words, purpose: words, title: 'text', sort: [] },
  editing: 'any-editor',
  fields: { ...sampleFields, old: { ...sampleFields.text, retired: true } },
});
const around = surroundings('en');
const ids = fc.constantFrom('r1', 'r2', '-', '_x', '__proto__').map((id) => id as RecordId);

const acts: fc.Arbitrary<Intent> = fc.oneof(
  fc
    .tuple(ids, fc.constantFrom(...Object.entries(sample.fields)))
    .chain(([record, [field, declared]]): fc.Arbitrary<Intent> => {
      if (declared.kind !== 'set') {
        return fc
          .option(valueOf(declared, around), { nil: null })
          .map((value) => ({ act: 'set', record, field, value }));
      }

      return fc
        .tuple(valueOf(declared.of, around) as fc.Arbitrary<string>, fc.boolean())
        .map(([element, present]) => ({ act: 'element', record, field, element, present }));
    }),
  // A newer program's fields.
  fc
    .tuple(ids, fc.constantFrom<Value>('x', 7, null, { b: 1, a: 2 } as never))
    .map(([record, value]): Intent => ({ act: 'set', record, field: 'later', value })),
  fc
    .tuple(ids, fc.constantFrom('A', 'B'), fc.boolean())
    .map(([record, element, present]): Intent => ({
      ...{ act: 'element', record, field: 'laterSet', element, present },
    })),
);

const births = fc.uniqueArray(fc.tuple(ids, birthOf(sample, around)), {
  selector: ([id]) => id,
  maxLength: 4,
});

/** A document that several people have written. */
function played(born: readonly (readonly [RecordId, object])[], history: readonly Intent[]) {
  const documents = [new Y.Doc(), new Y.Doc()] as const;
  const write = (document: Y.Doc, { key, value }: { key: string; value: unknown }): void => {
    document.getMap(sample.name).set(key, value);
    const other = document === documents[0] ? documents[1] : documents[0];
    Y.applyUpdate(other, Y.encodeStateAsUpdate(document, Y.encodeStateVector(other)));
  };
  for (const [key, value] of born) write(documents[0], { key, value });
  const known = new Set(born.map(([id]) => id));
  for (const [index, intent] of history.entries()) {
    if (known.has(intent.record)) write(documents[index % 2 === 0 ? 0 : 1], writeOf(intent));
  }

  return documents[0].getMap<unknown>(sample.name);
}

function opened(bytes: Uint8Array): Y.Doc {
  const document = new Y.Doc();
  Y.applyUpdate(document, bytes);

  return document;
}

function read(cells: Y.Map<unknown>): ReadonlyMap<string, unknown> {
  const records = new RegisterRecords(sample, cells);

  return new Map([...records.ids()].sort().map((id) => [id, records.get(id)?.fields]));
}

describe('encodeGeneration', () => {
  it('[DM34] reads as what it was made of', () => {
    fc.assert(
      fc.property(births, fc.array(acts, { maxLength: 40 }), (born, history) => {
        const cells = played(born, history);

        const fresh = opened(encodeGeneration(sample, cells)).getMap<unknown>(sample.name);

        expect(read(fresh)).toEqual(read(cells));
      }),
    );
  });

  it('[DM35] is the same bytes from the same records, whatever came before them', () => {
    fc.assert(
      fc.property(births, fc.array(acts, { maxLength: 40 }), (born, history) => {
        const cells = played(born, history);
        const bytes = encodeGeneration(sample, cells);
        const fresh = opened(bytes).getMap<Record<string, Value>>(sample.name);

        const again = encodeGeneration(sample, fresh);
        const backwards = [...fresh.entries()]
          .reverse()
          .map(([id, fields]) => [id as RecordId, withKeysReversed(fields)] as const);
        const reborn = encodeGeneration(sample, played(backwards, []));
        const inCells = encodeGeneration(sample, new Map(backwards.flatMap(scattered)));

        expect(again).toEqual(bytes);
        expect(reborn).toEqual(bytes);
        expect(inCells).toEqual(bytes);
        expect(generationHash(inCells)).toBe(generationHash(bytes));
      }),
    );
  });

  it('[DM36] holds one whole struct a record, and can be built upon', () => {
    fc.assert(
      fc.property(births, fc.array(acts, { maxLength: 20 }), (born, history) => {
        const document = opened(encodeGeneration(sample, played(born, history)));

        expect(document.store.pendingStructs).toBeNull();
        expect([...document.store.clients.keys()]).toEqual(born.length === 0 ? [] : [1]);
        expect(Y.getState(document.store, 1)).toBe(born.length);
        expect(Y.createDeleteSetFromStructStore(document.store).clients.size).toBe(0);
        expect([...document.getMap(sample.name).keys()].sort()).toEqual(
          born.map(([id]) => id).sort(),
        );
      }),
    );
  });
});

function withKeysReversed<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.toReversed() as T;
  const entries = Object.entries(value).reverse();

  return Object.fromEntries(entries.map(([key, inner]) => [key, withKeysReversed(inner)])) as T;
}

/** The record as an empty birth with a cell for every field. */
function scattered([record, fields]: readonly [RecordId, Readonly<Record<string, Value>>]) {
  const intents = Object.entries(fields).flatMap(([field, value]): readonly Intent[] => {
    if (!Array.isArray(value)) return [{ act: 'set', record, field, value }];
    const elements = value as readonly string[];

    return elements.map((element) => ({ act: 'element', record, field, element, present: true }));
  });
  const cells = intents.map(writeOf).map(({ key, value }) => [key, value] as const);

  return [...cells, [record as string, { text: null }] as const];
}
