/** Bad lines between clients and server: whatever they do, everybody comes to the same, and to what was acknowledged. */
import { setTimeout as delay } from 'node:timers/promises';

import {
  type Api,
  type Conditions,
  EditHistory,
  getJson,
  nothingWrong,
  RecordingEditor,
  repeatMessages,
  startApi,
  startPostgres,
  TcpProxy,
  type TestDatabase,
  type TestPostgres,
  WritingCrowd,
  ceiling,
  isLong,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const size = isLong
  ? { writers: 30, editors: 6, roughMs: 60_000, partedMs: 30_000, latencyMs: 300, jitterMs: 200 }
  : { writers: 10, editors: 3, roughMs: 6_000, partedMs: 4_000, latencyMs: 60, jitterMs: 40 };
const document = 'allied/project';
/** From the healing until all replicas are equal. */
const healedMs = 10_000;
const accounts = ['usa.editor', 'jpn.editor'];

let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let proxy: TcpProxy;
let history: EditHistory;
let crowd: WritingCrowd;
let editors: readonly RecordingEditor[];
let runs = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await startApi({ database });
});

afterAll(async () => {
  await api.stop();
  await postgres.stop();
});

beforeEach(async () => {
  proxy = await TcpProxy.start(api.origin);
  history = new EditHistory();
  const name = `line-${String(runs++)}`;
  const { origin } = api;
  const url = proxy.through(origin);
  crowd = await WritingCrowd.start({
    ...{ origin, url, document, name, history },
    ...{ writers: size.writers, pauseMs: 200, answerMs: 5_000 },
  });
  editors = await Promise.all(
    Array.from({ length: size.editors }, (_, index) =>
      RecordingEditor.start(origin, {
        ...{ url, document, history, pauseMs: 300 },
        account: accounts[index % accounts.length] ?? '',
        name: `${name}-editor-${String(index)}`,
      }),
    ),
  );
});

afterEach(async () => {
  proxy.become({});
  proxy.heal();
  await Promise.all(editors.map((editor) => editor.close()));
  await crowd.end();
  await proxy.stop();
});

describe('everybody on a bad line', () => {
  it('that is slow, cuts off and repeats', { timeout: 300_000 }, async () => {
    const { latencyMs, jitterMs } = size;
    const rough: Conditions = {
      ...{ latencyMs, jitterMs, resets: 0.05 },
      transform: () => repeatMessages(0.1),
    };
    proxy.become(rough);
    proxy.resetAll();
    await delay(size.roughMs);
    const { resets } = proxy;
    proxy.become({});

    expect(resets).toBeGreaterThan(size.editors);
    await expectEqualSoon();
  });

  it('over which nothing passes for a while', { timeout: 300_000 }, async () => {
    proxy.partition();
    await delay(size.partedMs);
    proxy.heal();

    await expectEqualSoon();
  });

  it('that has forgotten every connection, and tells nobody', { timeout: 300_000 }, async () => {
    proxy.halfOpen();
    await delay(size.partedMs);

    await expectEqualSoon();
  });
});

/** Everybody stops, all is settled, and everybody shows what the server has: within ten seconds from now. */
async function expectEqualSoon(): Promise<void> {
  const healedAt = performance.now();
  await Promise.all(editors.map((editor) => editor.settled()));
  const verdict = await crowd.finish(database.superuserUrl);
  const [first] = editors;
  if (first === undefined) throw new Error('there are no editors');
  const served = await servedRecords(first);
  for (const editor of editors)
    await expect.poll(() => editor.records(), { timeout: healedMs }).toEqual(served);
  const differences = await crowd.differences(api.origin, verdict);
  const took = performance.now() - healedAt;
  process.stdout.write(`equal again after ${String(Math.round(took))} ms\n`);

  expect(verdict).toMatchObject(nothingWrong);
  expect(verdict.acknowledged).toBe(history.sent);
  expect(differences).toEqual([]);
  expect(took).toBeLessThan(ceiling(healedMs));
}

async function servedRecords({ editor }: RecordingEditor): Promise<Record<string, unknown>> {
  const { body } = await getJson(
    api.origin,
    editor.person,
    '/api/compartments/allied/records/project',
  );
  const { records } = body as { records: { id: string; fields: unknown }[] };

  return Object.fromEntries(records.map(({ id, fields }) => [id, fields]));
}
