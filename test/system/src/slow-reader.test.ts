/** One reader on a line of 1 KB/s while others write much more: his queue has an end, they do not feel him, and he catches up. */
import {
  type Api,
  EditHistory,
  nothingWrong,
  quantile,
  residentBytes,
  startApi,
  startPostgres,
  TcpProxy,
  type TestDatabase,
  type TestPostgres,
  Witness,
  WritingCrowd,
  ceiling,
  isLong,
} from '@lodestone/test-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const padding = 8_000;
const size = isLong
  ? { writers: 20, pauseMs: 100, megabytes: 48 }
  : { writers: 10, pauseMs: 40, megabytes: 11 };
const document = 'allied/project';
const megabyte = 1024 * 1024;
/** What the server lets wait for one reader, and what the systems between keep in their buffers. */
const mostKept = 10 * megabyte;
const mostGrowth = 200 * megabyte;
const caughtUpMs = 10_000;

let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let proxy: TcpProxy;
let crowd: WritingCrowd | undefined;
let reader: Witness | undefined;

beforeAll(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await startApi({ database });
  proxy = await TcpProxy.start(api.origin);
});

afterAll(async () => {
  await reader?.end();
  await crowd?.end();
  await proxy.stop();
  await api.stop();
  await postgres.stop();
});

describe('a reader at 1 KB/s', () => {
  it('costs a bounded queue and nobody else anything', { timeout: 300_000 }, async () => {
    const { origin } = api;
    crowd = await WritingCrowd.start({ ...size, origin, document, padding });
    await crowd.acknowledgements(size.writers * 10);
    const alone = quantile(crowd.history.latenciesAfter(0), 0.99);

    let carried = 0;
    proxy.become({
      transform: () => (direction, bytes) => {
        if (direction === 'to-client') carried += bytes.length;

        return bytes;
      },
    });
    const headers = { origin, cookie: crowd.people[0]?.cookie ?? '' };
    const seen = new EditHistory();
    reader = await Witness.start({ url: proxy.through(origin), headers, document, history: seen });
    const before = await residentBytes(api.pid);
    const slowAt = performance.now();
    carried = 0;
    proxy.become({ bytesPerSecond: 1_000 });
    await crowd.acknowledgements((size.megabytes * megabyte) / padding, 240_000);
    const growth = (await residentBytes(api.pid)) - before;
    const beside = quantile(crowd.history.latenciesAfter(slowAt), 0.99);
    const verdict = await crowd.finish(database.superuserUrl);

    const healedAt = performance.now();
    proxy.become({});
    const { names } = verdict;
    const missing = () => Object.keys(names).filter((id) => reader?.nameOf(id) !== names[id]);
    await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
    const took = performance.now() - healedAt;
    process.stdout.write(
      `p99 alone ${show(alone)} ms, beside ${show(beside)} ms; caught up after ${show(took)} ms, ` +
        `by ${show(carried / megabyte)} MB; the API grew by ${show(growth / megabyte)} MB\n`,
    );

    expect(verdict).toMatchObject(nothingWrong);
    expect(took).toBeLessThan(ceiling(caughtUpMs));
    expect(carried).toBeLessThan(mostKept);
    expect(growth).toBeLessThan(mostGrowth);
    expect(beside).toBeLessThan(5 * alone + 250);
  });
});

function show(figure: number): string {
  return String(Math.round(figure));
}
