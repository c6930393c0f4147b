/** `kill -9` of the API while people write: what was acknowledged is there, what was not goes again, nothing stands twice. */
import type { Intent, RecordId } from '@lodestone/document-model';
import {
  createDataFolder,
  getJson,
  startApi,
  startEditor,
  type DataFolder,
  type Editor,
} from '@lodestone/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const projects = 'allied/project';
const writers = ['usa.editor', 'jpn.editor', 'usa.editor'];
const kills = process.env['LODESTONE_TEST_SIZE'] === 'long' ? 20 : 3;

let folder: DataFolder;

beforeAll(async () => {
  folder = await createDataFolder();
});

afterAll(async () => {
  await folder.remove();
});

describe('kill -9 of the API', () => {
  it(
    'loses no acknowledged edit, and no edit stands twice',
    { timeout: 60_000 + kills * 30_000 },
    async () => {
      let api = await startApi({ dataFolder: folder.path });
      const { port } = api;
      const editors = await Promise.all(
        writers.map((account) => startEditor(api.origin, { account, document: projects })),
      );
      const acknowledged = new Set<RecordId>();
      const written = new Set<RecordId>();
      for (let kill = 0; kill < kills; kill++) {
        const burst = write(editors, { kill, acknowledged, written });
        await expect
          .poll(() => acknowledged.size, { timeout: 30_000 })
          .toBeGreaterThan(kill * 60 + 10);
        await api.kill9();
        api = await startApi({ dataFolder: folder.path, port });
        await burst;
      }
      const present = await recordIds(api.origin, editors[0] as Editor);
      const { changes, entries } = await countEdits(api.origin, editors[0] as Editor);
      await Promise.all(editors.map((editor) => editor.close()));
      await api.stop();

      expect(acknowledged.size).toBe(written.size);
      expect([...acknowledged].filter((id) => !present.has(id))).toEqual([]);
      expect(new Set(entries).size).toBe(entries.length);
      expect(changes).toBe(written.size);
    },
  );
});

/** Sixty new records, twenty by each person, one after another; resolves when each is settled. */
async function write(
  editors: readonly Editor[],
  {
    kill,
    acknowledged,
    written,
  }: { kill: number; acknowledged: Set<RecordId>; written: Set<RecordId> },
): Promise<void> {
  await Promise.all(
    editors.flatMap(({ document }, editor) =>
      Array.from({ length: 20 }, async (_, index) => {
        const record = `k${String(kill)}-e${String(editor)}-${String(index)}` as RecordId;
        const intent: Intent = {
          act: 'create',
          record,
          birth: { name: record, parties: ['JPN', 'USA'] },
        };
        written.add(record);
        const handle = document.edit([intent]);
        if (handle.status !== 'kept') throw new Error(`not kept: ${handle.status}`);
        const outcome = await handle.settled;
        if (outcome.outcome === 'committed') acknowledged.add(record);
      }),
    ),
  );
}

async function recordIds(origin: string, { person }: Editor): Promise<ReadonlySet<string>> {
  const { body } = await getJson(origin, person, '/api/compartments/allied/records/project');

  return new Set((body as { records: { id: string }[] }).records.map(({ id }) => id));
}

/** All edits that the log admitted, and how many births they made. */
async function countEdits(
  origin: string,
  { person }: Editor,
): Promise<{ entries: string[]; changes: number }> {
  const entries: string[] = [];
  let changes = 0;
  let next: string | null = '';
  while (next !== null) {
    const { body } = await getJson(
      origin,
      person,
      `/api/audit/entries?compartment=allied&limit=500${next === '' ? '' : `&after=${encodeURIComponent(next)}`}`,
    );
    const page = body as {
      entries: { edit: string; outcome: string; changes: unknown[] }[];
      next: string | null;
    };
    for (const entry of page.entries) {
      if (entry.outcome !== 'admitted') continue;
      entries.push(entry.edit);
      changes += entry.changes.length;
    }
    next = page.next;
  }

  return { entries, changes };
}
