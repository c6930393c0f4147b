/** A bad network between the API and its PostgreSQL: a commit that failed, or of which nobody knows, is never acknowledged. */
import {
  type Api,
  loseCommits,
  nothingWrong,
  startApi,
  startPostgres,
  TcpProxy,
  type TestDatabase,
  type TestPostgres,
  untilReadiness,
  WritingCrowd,
  isLong,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const size = isLong
  ? { losses: 100, writers: 100, pauseMs: 200 }
  : { losses: 10, writers: 20, pauseMs: 50 };
const document = 'allied/project';
/** Statements wait so long for their answers at most; then there are other connections. */
const silenceMs = 20_000;

let postgres: TestPostgres;
let database: TestDatabase;
let proxy: TcpProxy;
let api: Api;
let crowd: WritingCrowd | undefined;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  proxy = await TcpProxy.start(database.databaseUrl);
  api = await startApi({
    database: { ...database, databaseUrl: proxy.through(database.databaseUrl) },
  });
});

afterEach(async () => {
  proxy.become({});
  proxy.heal();
  await crowd?.end();
});

afterAll(async () => {
  await api.stop();
  await proxy.stop();
  await postgres.stop();
});

describe('a connection that is cut around a commit', () => {
  it(
    'acknowledges nothing that is not in, and applies nothing twice',
    { timeout: 300_000 },
    async () => {
      const name = 'unknown-commit';
      const loss = loseCommits(name, 5);
      crowd = await WritingCrowd.start({ ...size, name, document, origin: api.origin });
      proxy.become({ transform: loss.transform });
      // The conditions are those of new connections.
      proxy.resetAll();
      while (loss.answersLost() < size.losses || loss.commitsLost() < size.losses)
        await crowd.acknowledgements(1);
      proxy.become({});
      proxy.resetAll();
      const verdict = await crowd.finish(database.superuserUrl);

      expect(verdict).toMatchObject(nothingWrong);
      expect(verdict.acknowledged).toBe(crowd.history.sent);
      expect(await crowd.differences(api.origin, verdict)).toEqual([]);
    },
  );
});

describe('a database that falls silent', () => {
  it('is missed, and found again over other connections', { timeout: 120_000 }, async () => {
    crowd = await WritingCrowd.start({ ...size, name: 'silent', document, origin: api.origin });
    proxy.halfOpen();
    const silentAt = performance.now();
    const acknowledgedAt = await crowd.acknowledgedAfter(silentAt);
    const verdict = await crowd.finish(database.superuserUrl);

    expect(verdict).toMatchObject(nothingWrong);
    expect(await crowd.differences(api.origin, verdict)).toEqual([]);
    expect(acknowledgedAt - silentAt).toBeLessThan(silenceMs);
  });

  it(
    'makes the API unready while nothing passes, and loses nothing',
    { timeout: 120_000 },
    async () => {
      crowd = await WritingCrowd.start({ ...size, name: 'parted', document, origin: api.origin });
      proxy.partition();
      const partedAt = performance.now();
      const { missing } = await untilReadiness(api.origin, 503);
      proxy.heal();
      await untilReadiness(api.origin, 200);
      await crowd.acknowledgedAfter(partedAt);
      const verdict = await crowd.finish(database.superuserUrl);

      expect(missing).toContain('database');
      expect(verdict).toMatchObject(nothingWrong);
      expect(await crowd.differences(api.origin, verdict)).toEqual([]);
    },
  );
});
