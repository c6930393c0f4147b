/** Random histories of several people, with pauses of the network, come to the same records everywhere. */
import type { Intent, RecordId, RegisterRecord } from '@lodestone/document-model';
import {
  getJson,
  startApi,
  startEditor,
  type Api,
  type Editor,
  isLong,
} from '@lodestone/test-support';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const projects = 'allied/project';
const accounts = ['usa.editor', 'jpn.editor', 'usa.editor', 'jpn.editor'];
const size = isLong ? { runs: 30, steps: 200 } : { runs: 4, steps: 60 };

let api: Api;

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  await api.stop();
});

type Step =
  | {
      readonly act: 'name' | 'notes';
      readonly who: number;
      readonly record: number;
      readonly value: string;
    }
  | {
      readonly act: 'material';
      readonly who: number;
      readonly record: number;
      readonly element: string;
      readonly present: boolean;
    }
  | { readonly act: 'create'; readonly who: number }
  | { readonly act: 'go-offline' | 'go-online' | 'undo'; readonly who: number };

const who = fc.nat(accounts.length - 1);
const record = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constantFrom('name', 'notes'),
      who,
      record,
      value: fc.string({ minLength: 1, maxLength: 12 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('material'),
      who,
      record,
      element: fc.constantFrom('nd', 'dy', 'tb'),
      present: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('create'), who }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constantFrom('go-offline', 'go-online', 'undo'), who }),
  },
);

describe('several editors of one document', () => {
  it(
    'all show what the server has, and a newcomer sees the same',
    { timeout: 300_000 },
    async () => {
      let history = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: size.steps, maxLength: size.steps }),
          async (steps) => {
            const run = `run-${String(history++)}`;
            const editors = await Promise.all(
              accounts.map((account) => startEditor(api.origin, { account, document: projects })),
            );
            try {
              const ids = await seed(editors[0] as Editor, run);
              for (const one of steps) perform(editors[one.who] as Editor, one, ids, run);
              for (const { client } of editors) client.connection.connect();
              await Promise.all(editors.map(({ client }) => client.whenSettled()));
              const { body } = await getJson(
                api.origin,
                (editors[0] as Editor).person,
                '/api/compartments/allied/records/project',
              );
              const server = (body as { records: RegisterRecord[] }).records;

              for (const { document } of editors) {
                await expect
                  .poll(() => recordsOf(document.records), { timeout: 10_000 })
                  .toEqual(sorted(server));
              }
              const newcomer = await startEditor(api.origin, {
                account: 'usa.editor',
                document: projects,
              });
              expect(recordsOf(newcomer.document.records)).toEqual(sorted(server));
              await newcomer.close();
            } finally {
              await Promise.all(editors.map((editor) => editor.close()));
            }
          },
        ),
        { numRuns: size.runs, endOnFailure: true },
      );
    },
  );
});

async function seed(editor: Editor, run: string): Promise<RecordId[]> {
  const ids = Array.from({ length: 8 }, (_, index) => `${run}-${String(index)}` as RecordId);
  const intents = ids.map((id): Intent => ({
    act: 'create',
    record: id,
    birth: { name: id, parties: ['JPN', 'USA'] },
  }));
  editor.document.edit(intents);
  await editor.client.whenSettled();

  return ids;
}

let created = 0;

function perform(editor: Editor, one: Step, ids: readonly RecordId[], run: string): void {
  const act = (intent: Intent) => {
    if (intent.act !== 'create' && !editor.document.records.has(intent.record)) return;
    editor.client.act([{ document: projects, intents: [intent] }]);
  };
  switch (one.act) {
    case 'name':
    case 'notes':
      act({ act: 'set', record: ids[one.record] as RecordId, field: one.act, value: one.value });
      break;
    case 'material':
      act({
        act: 'element',
        record: ids[one.record] as RecordId,
        field: 'materials',
        element: one.element,
        present: one.present,
      });
      break;
    case 'create':
      act({
        act: 'create',
        record: `${run}-new-${String(created++)}` as RecordId,
        birth: { name: 'New', parties: ['JPN', 'USA'] },
      });
      break;
    case 'undo':
      editor.client.undo.undo();
      break;
    case 'go-offline':
      editor.client.connection.close();
      break;
    case 'go-online':
      editor.client.connection.connect();
      break;
  }
}

interface Readable {
  ids(): Iterable<RecordId>;
  get(id: RecordId): RegisterRecord | undefined;
}

function recordsOf(records: Readable): unknown {
  return sorted([...records.ids()].map((id) => records.get(id)).filter((one) => one !== undefined));
}

function sorted(records: readonly RegisterRecord[]): unknown {
  return records.map(({ id, fields }) => ({ id, fields })).sort((a, b) => (a.id < b.id ? -1 : 1));
}
