/** The pool of the app: all of a transaction or nothing, and a connection that dies takes nothing else with it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppPool, type Queryable } from './app-pool.ts';
import { isDatabaseOutage } from './database-outage.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { withClient } from './with-client.ts';

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

const add = (code: string) =>
  `insert into party (iso3, name_en, name_ja) values ('${code}', '${code}', '${code}')`;

async function parties(): Promise<readonly string[]> {
  const { rows } = await pool.query<{ iso3: string }>('select iso3 from party order by iso3');

  return rows.map(({ iso3 }) => iso3);
}

async function terminate(pid: number | undefined): Promise<void> {
  await withClient(database.superuserUrl, async (client) => {
    // With a timeout: it returns when the connection has ended.
    await client.query('select pg_terminate_backend($1, 5000)', [pid]);
  });
}

describe('a transaction', () => {
  it('keeps everything or nothing', async () => {
    await pool.transact((transaction) => transaction.query(add('AAA')));
    const failing = pool.transact(async (transaction) => {
      await transaction.query(add('BBB'));
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await parties()).toEqual(['AAA']);
  });

  it('whose connection dies between two statements fails as an outage, and the process goes on', async () => {
    const failing = pool.transact(async (transaction) => {
      await transaction.query(add('CCC'));
      const { rows } = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
      await terminate(rows[0]?.pid);
      await transaction.query(add('DDD'));
    });

    await expect(failing).rejects.toSatisfy(isDatabaseOutage);
    expect(await parties()).toEqual(['AAA']);
  });

  it('waits for a lock for two seconds at most', async () => {
    await withClient(database.superuserUrl, async (holder) => {
      await holder.query('begin; select from access_version for update');

      await expect(
        pool.query('update access_version set version = version + 1'),
      ).rejects.toMatchObject({ code: '55P03' });
    });
  });

  it('of a process that has stopped is ended before those who wait for its locks give up', async () => {
    let waiting: Promise<unknown> | undefined;
    const stopped = pool.transact(async (transaction) => {
      await transaction.query('select from access_version for update');
      waiting = pool.query('update access_version set version = version + 1');
      await waiting;
      await transaction.query('select');
    });

    await expect(stopped).rejects.toThrow();
    await expect(waiting).resolves.toBeDefined();
  });

  it('reads what was committed before each statement, also where the database prefers one snapshot', async () => {
    const name = new URL(database.superuserUrl).pathname.slice(1);
    await withClient(database.superuserUrl, async (client) => {
      await client.query(
        `alter database ${name} set default_transaction_isolation = 'repeatable read'`,
      );
    });
    const fresh = new AppPool(database.databaseUrl);
    const count = async (transaction: Queryable) => {
      const { rows } = await transaction.query<{ count: number }>('select count(*) from party');

      return rows[0]?.count ?? 0;
    };
    try {
      const [before, after] = await fresh.transact(async (transaction) => {
        const first = await count(transaction);
        await pool.query(add('ISO'));

        return [first, await count(transaction)];
      });

      expect(after).toBe(before + 1);
    } finally {
      await fresh.end();
    }
  });
});

describe('a number', () => {
  it('of 64 bits is read as one', async () => {
    const { rows } = await pool.query(
      `select ${String(2 ** 53 - 1)}::bigint as most, 1::bigint as one`,
    );

    expect(rows).toEqual([{ most: Number.MAX_SAFE_INTEGER, one: 1 }]);
  });
});
