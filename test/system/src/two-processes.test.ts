/** Two processes of the API on one database, people of both in one compartment: one history, whatever becomes of one of them. */
import { setTimeout as delay } from 'node:timers/promises';

import {
  type Api,
  createDataFolder,
  type DataFolder,
  EditHistory,
  nothingWrong,
  quantile,
  signal,
  startApi,
  startPostgres,
  type TestDatabase,
  type TestPostgres,
  WritingCrowd,
  isLong,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const size = isLong
  ? { writers: 50, pauseMs: 100, pauses: 20, edits: 10_000 }
  : { writers: 15, pauseMs: 50, pauses: 3, edits: 500 };
const document = 'allied/project';
/** A paused process may hold a lock so long at most; a machine that does other things adds to it. */
const promisedMs = 2_000;
const outlierMs = 5_000;
const pauseMs = 4_000;

let folders: readonly DataFolder[];
let postgres: TestPostgres;
let database: TestDatabase;
let apis: readonly Api[];
let history: EditHistory;
let crowds: readonly WritingCrowd[];
let runs = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  folders = await Promise.all([createDataFolder(), createDataFolder()]);
  // The first one makes the schema.
  const first = await start(folders[0]);
  apis = [first, await start(folders[1])];
});

afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()));
  await postgres.stop();
  await Promise.all(folders.map((folder) => folder.remove()));
});

beforeEach(async () => {
  history = new EditHistory();
  const run = String(runs++);
  crowds = await Promise.all(
    apis.map(({ origin }, index) =>
      WritingCrowd.start({
        ...{ origin, document, history, writers: size.writers, pauseMs: size.pauseMs },
        name: `run-${run}-node-${String(index)}`,
      }),
    ),
  );
});

afterEach(async () => {
  for (const { pid } of apis) signal(pid, 'SIGCONT');
  await Promise.all(crowds.map((crowd) => crowd.end()));
});

describe('two processes on one database', () => {
  it('write one history, and both show all of it', { timeout: 300_000 }, async () => {
    await crowds[0]?.acknowledgements(size.edits);

    await expectOneHistory();
  });

  it(
    'go on when one of them is paused in the middle of writing',
    { timeout: 300_000 },
    async () => {
      const [paused, other] = apis;
      const [, otherCrowd] = crowds;
      if (paused === undefined || other === undefined || otherCrowd === undefined)
        throw new Error('there are not two');
      const times: number[] = [];
      for (let pause = 0; pause < size.pauses; pause++) {
        await otherCrowd.acknowledgements(size.writers);
        signal(paused.pid, 'SIGSTOP');
        const pausedAt = performance.now();
        // Written later than the pause and acknowledged: it can only be by the other one.
        times.push((await otherCrowd.acknowledgedAfter(pausedAt)) - pausedAt);
        await delay(pauseMs - (performance.now() - pausedAt));
        signal(paused.pid, 'SIGCONT');
      }
      process.stdout.write(`the other went on after ${times.map(Math.round).join(', ')} ms\n`);

      await expectOneHistory();
      expect(quantile(times, 0.5)).toBeLessThan(promisedMs);
      expect(Math.max(...times)).toBeLessThan(outlierMs);
    },
  );
});

async function start(folder: DataFolder | undefined): Promise<Api> {
  return startApi({ database, ...(folder !== undefined && { dataFolder: folder.path }) });
}

/** No gap, no loss, nothing twice; and either process shows, on the socket and over HTTP, what the log says. */
async function expectOneHistory(): Promise<void> {
  const verdicts = await Promise.all(crowds.map((crowd) => crowd.finish(database.superuserUrl)));
  const verdict = await history.check(database.superuserUrl, 'allied');

  expect(verdicts).toHaveLength(2);
  expect(verdict).toMatchObject(nothingWrong);
  expect(verdict.acknowledged).toBe(history.sent);
  for (const [index, crowd] of crowds.entries())
    expect(await crowd.differences(apis[index]?.origin ?? '', verdict)).toEqual([]);
}
