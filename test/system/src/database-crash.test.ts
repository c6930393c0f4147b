/** `kill -9` of the whole PostgreSQL while a crowd writes; and the same where it may lose commits, which must be noticed. */
import {
  type Api,
  nothingWrong,
  startApi,
  startPostgres,
  type TestDatabase,
  type TestPostgres,
  untilReadiness,
  withDatabase,
  WritingCrowd,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { crowdSize, expectAsPromised, killRepeatedly, killsTimeoutMs } from './kills.ts';

let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let crowd: WritingCrowd | undefined;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await startApi({ database });
});

afterEach(async () => {
  await crowd?.end();
});

afterAll(async () => {
  await api.stop();
  await postgres.stop();
});

describe('kill -9 of PostgreSQL', () => {
  it(
    'loses no acknowledged edit, applies none twice, and the API is ready again within seconds',
    { timeout: killsTimeoutMs },
    async () => {
      crowd = await WritingCrowd.start({
        ...crowdSize,
        origin: api.origin,
        document: 'allied/project',
      });
      const times = await killRepeatedly(crowd, {
        kill: () => postgres.kill9(),
        recover: () => untilReadiness(api.origin, 200),
      });
      const verdict = await crowd.finish(database.superuserUrl);
      const differences = await crowd.differences(api.origin, verdict);

      expect(verdict).toMatchObject(nothingWrong);
      expect(verdict.acknowledged).toBe(crowd.history.sent);
      expect(differences).toEqual([]);
      expectAsPromised(times);
    },
  );

  // The control: a test that finds no losses here would find none above either.
  it('loses acknowledged edits where PostgreSQL answers before it has written', async () => {
    await answerBeforeWriting();
    crowd = await WritingCrowd.start({
      ...{ origin: api.origin, document: 'bilateral/project', writers: 20, pauseMs: 20 },
    });
    await crowd.acknowledgements(200);
    await postgres.kill9();
    await untilReadiness(api.origin, 200);
    await crowd.end();
    const { lost } = await crowd.history.check(database.superuserUrl, 'bilateral');

    expect(lost.length).toBeGreaterThan(0);
  });
});

/**
 * The API refuses such a server when it starts, so this comes later, behind its back: no start of the product, and no
 * setting of it, leads here. The writer of the log sleeps so long, and lets so much pile up, that a kill finds it full.
 */
async function answerBeforeWriting(): Promise<void> {
  await withDatabase(postgres.superuserUrl, async (client) => {
    await client.query(`alter system set wal_writer_delay = '10s'`);
    await client.query(`alter system set wal_writer_flush_after = '1GB'`);
    await client.query('alter system set synchronous_commit = off');
    await client.query('select pg_reload_conf()');
  });
}
