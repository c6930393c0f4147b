/** Questions to the databases under measurement, each on a connection of its own. */
import { Client } from 'pg';
import { readParent } from '../measure/process-figures.ts';

export async function query<Row extends object>(
  url: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return connected(url, async (client) => (await client.query<Row>(sql, [...parameters])).rows);
}

/** The process that all processes of a PostgreSQL are children of. */
export async function findPostmaster(url: string): Promise<number> {
  return connected(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');

    return readParent(rows[0]?.pid ?? -1);
  });
}

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
