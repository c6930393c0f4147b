/** PostgreSQL reads from the binary form what went in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPool } from './app-pool.ts';
import {
  bigintArray,
  byteaArray,
  integerArray,
  jsonbArray,
  textArray,
  timestampArray,
  uuidArray,
} from './binary-array.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

let database: TestDatabase;
let pool: AppPool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new AppPool(database.databaseUrl);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

async function read(type: string, array: Buffer): Promise<readonly unknown[]> {
  const { rows } = await pool.query<{ value: unknown }>(
    `select value from unnest($1::${type}[]) with ordinality as given (value, place) order by place`,
    [array],
  );

  return rows.map(({ value }) => value);
}

describe('an array', () => {
  it.each<[string, Buffer, readonly unknown[]]>([
    ['text', textArray(['', 'ネオジム', null, 'a\\"{},b']), ['', 'ネオジム', null, 'a\\"{},b']],
    ['integer', integerArray([0, -1, 2 ** 31 - 1]), [0, -1, 2 ** 31 - 1]],
    [
      'bigint',
      bigintArray([0, 2 ** 32 - 1, 2 ** 32, null, Number.MAX_SAFE_INTEGER]),
      [0, 2 ** 32 - 1, 2 ** 32, null, Number.MAX_SAFE_INTEGER],
    ],
    [
      'bytea',
      byteaArray([new Uint8Array(), Uint8Array.of(0, 255), null]),
      [Buffer.alloc(0), Buffer.from([0, 255]), null],
    ],
    [
      'uuid',
      uuidArray(['0190163d-8694-739b-aea5-966c26f8ad91']),
      ['0190163d-8694-739b-aea5-966c26f8ad91'],
    ],
    ['jsonb', jsonbArray(['null', '{"名": [1, "x"]}', null]), [null, { 名: [1, 'x'] }, null]],
    [
      'timestamptz',
      timestampArray(['2000-01-01T00:00:00.000Z', '2026-11-23T22:04:05.678Z']),
      [new Date('2000-01-01T00:00:00.000Z'), new Date('2026-11-23T22:04:05.678Z')],
    ],
    ['text', textArray([]), []],
  ])('of %s arrives as it was sent', async (type, array, values) => {
    expect(await read(type, array)).toEqual(values);
  });
});
