/** Questions to the databases under measurement, each on a connection of its own. */
import { withDatabase } from '@lodestone/test-support';

export async function query<Row extends object>(
  url: string,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<readonly Row[]> {
  return withDatabase(url, async (client) => (await client.query<Row>(sql, [...parameters])).rows);
}
