/** One PostgreSQL connection for a piece of work, outside any pool. */
import { Client } from 'pg';

const CONNECT_TIMEOUT_MS = 5000;

export async function withClient<T>(url: string, act: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'lodestone-start',
  });

  // A connection that breaks makes the query fail; without a listener the event alone would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await act(client);
  } finally {
    await client.end();
  }
}
