/** A database that is away, and one whose disk is full: the workspace turns read-only, says so, and heals by itself. */
import type { RecordId } from '@lodestone/document-model';
import {
  type Api,
  createDataFolder,
  createSmallDisk,
  type DataFolder,
  type Editor,
  getJson,
  nothingWrong,
  type SmallDisk,
  startApi,
  startEditor,
  startPostgres,
  type TestDatabase,
  type TestPostgres,
  untilReadiness,
  withDatabase,
  WritingCrowd,
  isLong,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const size = isLong ? { writers: 100, pauseMs: 200 } : { writers: 20, pauseMs: 50 };
const rounds = isLong ? 5 : 1;
const document = 'allied/project';
const diskMegabytes = 256;

/** Undefined where this process may not mount one; then the database says by itself that its disk is full. */
let disk: SmallDisk | undefined;
let folder: DataFolder;
let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let crowd: WritingCrowd;
let editor: Editor;
let outage: { release(): Promise<void> } | undefined;

beforeAll(async () => {
  disk = await createSmallDisk(diskMegabytes);
  folder = await createDataFolder();
  postgres = await startPostgres(disk === undefined ? {} : { folder: disk.folder });
  database = await postgres.createDatabase();
  api = await startApi({ database, dataFolder: folder.path });
});

afterEach(async () => {
  await disk?.free();
  await outage?.release();
  await untilReadiness(api.origin, 200);
  await editor.close();
  await crowd.end();
});

afterAll(async () => {
  await api.stop();
  await postgres.stop();
  await folder.remove();
});

describe('a database that is away', () => {
  it(
    'makes the workspace read-only, and what was kept lands once',
    { timeout: 300_000 },
    async () => {
      await begin('away');
      for (let round = 0; round < rounds; round++) {
        outage = await postgres.keepDown();
        const downAt = performance.now();
        const kept = edit(`kept-away-${String(round)}`);
        await expect.poll(() => editor.client.status.word, { timeout: 20_000 }).toBe('read-only');
        const { missing } = await untilReadiness(api.origin, 503);
        const live = await fetch(`${api.origin}/api/health/live`);
        const records = await readRecords();

        expect(missing).toContain('database');
        expect(live.status).toBe(200);
        expect(records).toMatchObject({ status: 503, body: { code: 'unavailable' } });
        expect(crowd.history.firstAcknowledgedAfter(downAt)).toBeUndefined();

        await outage.release();
        await untilReadiness(api.origin, 200);
        await expect(kept).resolves.toMatchObject({ outcome: 'committed' });
      }
      await expectNothingWrong();
    },
  );
});

describe('a disk that is full', () => {
  it.runIf(process.getuid?.() === 0)(
    'makes the workspace read-only while it is, and what was kept lands once',
    { timeout: 300_000 },
    async () => {
      await begin('full');
      for (let round = 0; round < rounds; round++) {
        await disk?.fill();
        // The first ones may find room in what PostgreSQL has allotted to itself.
        const kept: Promise<unknown>[] = [];
        const editMore = () => {
          kept.push(edit(`kept-full-${String(round)}-${String(kept.length)}`));

          return editor.client.status.word;
        };
        await expect.poll(editMore, { timeout: 60_000 }).toBe('read-only');
        const { missing } = await untilReadiness(api.origin, 503);

        expect(missing).not.toEqual([]);

        await disk?.free();
        await untilReadiness(api.origin, 200);
        for (const outcome of await Promise.all(kept))
          expect(outcome).toMatchObject({ outcome: 'committed' });
      }
      await expectNothingWrong();
    },
  );

  it('is told by PostgreSQL, and reads go on', { timeout: 300_000 }, async () => {
    await begin('refused');
    for (let round = 0; round < rounds; round++) {
      await refuseWrites();
      const refusingAt = performance.now();
      const kept = edit(`kept-refused-${String(round)}`);
      await expect.poll(() => editor.client.status.word, { timeout: 20_000 }).toBe('read-only');
      const { missing } = await untilReadiness(api.origin, 503);
      const records = await readRecords();

      expect(missing).toEqual(['storage']);
      expect(records.status).toBe(200);
      expect(crowd.history.firstAcknowledgedAfter(refusingAt)).toBeUndefined();

      await acceptWrites();
      await untilReadiness(api.origin, 200);
      await expect(kept).resolves.toMatchObject({ outcome: 'committed' });
    }
    await expectNothingWrong();
  });
});

async function begin(name: string): Promise<void> {
  crowd = await WritingCrowd.start({ ...size, name, document, origin: api.origin });
  editor = await startEditor(api.origin, { account: 'usa.editor', document });
}

/** By a client like the browser's; @returns how it ends. */
function edit(record: string): Promise<unknown> {
  const handle = editor.document.edit([
    { act: 'create', record: record as RecordId, birth: { name: record, parties: ['JPN', 'USA'] } },
  ]);
  if (handle.status !== 'kept') throw new Error(`not kept: ${handle.status}`);

  return handle.settled;
}

async function readRecords(): Promise<{ status: number; body: unknown }> {
  return getJson(api.origin, editor.person, '/api/compartments/allied/records/project');
}

/** As PostgreSQL says it of a full disk, for every edit. */
async function refuseWrites(): Promise<void> {
  await withDatabase(database.superuserUrl, async (client) => {
    await client.query(`
      create or replace function refuse_for_want_of_space() returns trigger language plpgsql as $$
      begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
      create trigger no_space before insert on log_entry execute function refuse_for_want_of_space();`);
  });
}

async function acceptWrites(): Promise<void> {
  await withDatabase(database.superuserUrl, async (client) => {
    await client.query('drop trigger no_space on log_entry');
  });
}

async function expectNothingWrong(): Promise<void> {
  const verdict = await crowd.finish(database.superuserUrl);

  expect(verdict).toMatchObject(nothingWrong);
  expect(verdict.acknowledged).toBe(crowd.history.sent);
  expect(await crowd.differences(api.origin, verdict)).toEqual([]);
  expect(editor.client.status.word).toBe('saved');
}
