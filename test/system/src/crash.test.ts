/** `kill -9` of the API while a crowd writes: what was acknowledged is there, what was not goes again, nothing stands twice. */
import {
  type Api,
  createDataFolder,
  type DataFolder,
  nothingWrong,
  startApi,
  startPostgres,
  type TestDatabase,
  type TestPostgres,
  untilReadiness,
  WritingCrowd,
} from '@lodestone/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crowdSize, expectAsPromised, killRepeatedly, killsTimeoutMs } from './kills.ts';

/** The key that signs the sessions' cookies lies here, and outlives the api. */
let folder: DataFolder;
let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let crowd: WritingCrowd | undefined;

beforeAll(async () => {
  folder = await createDataFolder();
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await start(0);
});

afterAll(async () => {
  await crowd?.end();
  await api.stop();
  await postgres.stop();
  await folder.remove();
});

describe('kill -9 of the API', () => {
  it(
    'loses no acknowledged edit, applies none twice, and is ready again within seconds',
    { timeout: killsTimeoutMs },
    async () => {
      crowd = await WritingCrowd.start({
        ...crowdSize,
        origin: api.origin,
        document: 'allied/project',
      });
      const times = await killRepeatedly(crowd, {
        kill: () => api.kill9(),
        recover: restart,
      });
      const verdict = await crowd.finish(database.superuserUrl);
      const differences = await crowd.differences(api.origin, verdict);

      expect(verdict).toMatchObject(nothingWrong);
      expect(verdict.acknowledged).toBe(crowd.history.sent);
      expect(crowd.history.resyncs).toBe(0);
      expect(differences).toEqual([]);
      expectAsPromised(times);
    },
  );
});

async function start(port: number): Promise<Api> {
  return startApi({ database, port, dataFolder: folder.path });
}

async function restart(): Promise<void> {
  api = await start(api.port);
  await untilReadiness(api.origin, 200);
}
