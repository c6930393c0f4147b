/** A connection that waits for too long is ended with the others of its pool, and the pool goes on with new ones. */
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isDatabaseOutage } from './database-outage.ts';
import { endSilentConnections } from './silent-connections.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

const patienceMs = 300;

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ connectionString: database.databaseUrl, max: 4 });
  pool.on('error', () => undefined);
  endSilentConnections(pool, patienceMs);
});

afterAll(async () => {
  await pool.end();
});

it('tells its caller of an outage, and the next one gets another connection', async () => {
  const begun = performance.now();
  const failure = await pool.query('select pg_sleep(30)').catch((error: unknown) => error);

  expect(isDatabaseOutage(failure)).toBe(true);
  expect(performance.now() - begun).toBeLessThan(10_000);
  await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
});

it('takes the idle ones along', async () => {
  const backend = async () => {
    const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');

    return rows[0]?.pid;
  };
  const waiting = pool.query('select pg_sleep(30)').catch(() => undefined);
  const idle = await backend();
  await waiting;

  expect(await backend()).not.toBe(idle);
});

it('leaves those alone that answer in time, however many follow each other', async () => {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  const until = performance.now() + 3 * patienceMs;
  while (performance.now() < until) {
    const again = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');

    expect(again.rows).toEqual(rows);
  }
});
