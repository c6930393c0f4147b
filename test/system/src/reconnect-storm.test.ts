/** The API starts again under a thousand open sockets: all of them come back at once, and are served. */
import {
  type Api,
  createDataFolder,
  type DataFolder,
  EditHistory,
  signIn,
  startApi,
  startPostgres,
  type TestDatabase,
  type TestPostgres,
  WireSocket,
  WritingCrowd,
  ceiling,
  isLong,
} from '@lodestone/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const size = isLong ? { sockets: 1_000, sessions: 40 } : { sockets: 200, sessions: 10 };
const promisedMs = ceiling(15_000);
const document = 'allied/project';
const accounts = ['usa.editor', 'jpn.editor', 'aus.editor', 'can.editor', 'secretariat'];

let folder: DataFolder;
let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let sockets: WireSocket[] = [];
let crowd: WritingCrowd | undefined;

beforeAll(async () => {
  folder = await createDataFolder();
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await start(0);
});

afterAll(async () => {
  for (const socket of sockets) socket.close();
  await crowd?.end();
  await api.stop();
  await postgres.stop();
  await folder.remove();
});

describe('a restart under open sockets', () => {
  it('has everybody back within seconds', { timeout: 300_000 }, async () => {
    const { origin, port } = api;
    const cookies = await Promise.all(
      Array.from({ length: size.sessions }, async (_, index) => {
        const { cookie } = await signIn(origin, accounts[index % accounts.length] ?? '');

        return cookie;
      }),
    );
    const history = new EditHistory();
    crowd = await WritingCrowd.start({ origin, document, writers: 5, pauseMs: 100, history });
    const { witness } = crowd;
    const join = async (index: number) => {
      const cookie = cookies[index % cookies.length] ?? '';
      const headers = { origin, cookie };
      const socket = await WireSocket.connect({ url: origin, headers, answerMs: 60_000 });
      // As a client that comes back: it says what it has.
      const answer = await socket.ask('open', {
        document,
        protocol: 1,
        device: `device-of-socket-${String(index)}`,
        stateVector: Buffer.from(witness.stateVector()),
        generation: 1,
      });
      if (answer['status'] !== 'open') throw new Error(JSON.stringify(answer));

      return socket;
    };
    const indexes = Array.from({ length: size.sockets }, (_, index) => index);
    sockets = await Promise.all(indexes.map(join));

    await api.kill9();
    api = await start(port);
    const startedAt = performance.now();
    sockets = await Promise.all(indexes.map((index) => again(() => join(index))));
    const backAfter = performance.now() - startedAt;
    const acknowledgedAt = await crowd.acknowledgedAfter(startedAt);
    process.stdout.write(
      `${String(size.sockets)} sockets were back after ${String(Math.round(backAfter))} ms\n`,
    );

    expect(sockets.filter(({ isConnected }) => isConnected)).toHaveLength(size.sockets);
    expect(backAfter).toBeLessThan(promisedMs);
    expect(acknowledgedAt - startedAt).toBeLessThan(promisedMs);
  });
});

async function start(port: number): Promise<Api> {
  return startApi({ database, port, dataFolder: folder.path });
}

/** A client does not give up at the first refusal; it has as long as the promise says. */
async function again<T>(work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + promisedMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
