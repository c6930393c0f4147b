/** One connection to a database for a piece of work. */
import { Client } from 'pg';

export async function withDatabase<T>(
  url: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: url });

  // A server that is killed says so here too; unheard, that would end the test run.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
