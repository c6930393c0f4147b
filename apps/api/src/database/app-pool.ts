/** The connection pool of the app role for what TypeORM is not for: the writer's turns and reads of the log. */
import pg from 'pg';
import { SERVING_LIMITS } from './data-source.ts';
import { endSilentConnections } from './silent-connections.ts';
import { StorageWatch } from './storage-watch.ts';

export interface Queryable {
  /** @param name prepares the statement under it, once a connection */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller says what its SQL selects
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    name?: string,
  ): Promise<{ readonly rows: Row[] }>;
}

/** Sequence numbers stay below 2^53, so `bigint` (type 20) is read as a number. */
const numbers = new pg.TypeOverrides();
numbers.setTypeParser(20, Number);

/** Statements whose success shows that the database stores what it is given. */
const storing = /^\s*(insert|update|delete|select append_turns)\b/i;

export class AppPool {
  readonly storage = new StorageWatch();
  readonly #pool: pg.Pool;

  constructor(connectionString: string) {
    this.#pool = new pg.Pool({
      connectionString,
      max: 8,
      options: SERVING_LIMITS,
      connectionTimeoutMillis: 5_000,
      application_name: 'lodestone',
      types: numbers,
    });
    // A connection that dies while idle is replaced at its next use, which reports the outage to its caller.
    this.#pool.on('error', () => undefined);
    endSilentConnections(this.#pool);
  }

  async query<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
    name?: string,
  ) {
    return this.storage.watch(storing.test(text), () =>
      this.#pool.query<Row>(toQuery(text, values, name)),
    );
  }

  /** Runs work in one transaction; a failed one is rolled back and its connection given up. */
  async transact<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return this.storage.watch(true, () => this.#transact(work));
  }

  async #transact<T>(work: (transaction: Queryable) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    // A connection that dies between two statements says so here too; unheard, that would end the process.
    const hear = () => undefined;
    client.on('error', hear);
    let failed = true;
    try {
      await client.query('begin');
      const result = await work({
        query: async (text, values = [], name) => client.query(toQuery(text, values, name)),
      });
      await client.query('commit');
      failed = false;

      return result;
    } finally {
      // Closing the connection rolls back, whatever state it is in.
      if (!failed) client.off('error', hear);
      client.release(failed);
    }
  }

  async end(): Promise<void> {
    await this.#pool.end();
  }
}

function toQuery(text: string, values: readonly unknown[], name: string | undefined) {
  return { text, values: [...values], ...(name !== undefined && { name }) };
}
