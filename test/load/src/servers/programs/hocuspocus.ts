/** Hocuspocus as its documentation starts it; with DATABASE_URL also its Database extension, at its own pace. */
import { Database } from '@hocuspocus/extension-database';
import { Server, type Extension } from '@hocuspocus/server';
import { Pool } from 'pg';

const url = process.env['DATABASE_URL'];
const extensions: Extension[] = url === undefined ? [] : [await databaseAt(url)];

await new Server({
  port: Number(process.env['PORT']),
  address: '127.0.0.1',
  quiet: true,
  extensions,
  websocketOptions: { perMessageDeflate: false },
}).listen();
process.stdout.write('ready\n');

/** The whole document is stored, two to ten seconds after it changed. */
async function databaseAt(connectionString: string): Promise<Database> {
  const pool = new Pool({ connectionString });
  await pool.query(
    'create table if not exists stored_document (name text primary key, state bytea not null)',
  );

  return new Database({
    fetch: async ({ documentName }) => {
      const { rows } = await pool.query<{ state: Buffer }>(
        'select state from stored_document where name = $1',
        [documentName],
      );

      return rows[0]?.state ?? null;
    },
    store: async ({ documentName, state }) => {
      await pool.query(
        `insert into stored_document (name, state) values ($1, $2)
         on conflict (name) do update set state = excluded.state`,
        [documentName, state],
      );
    },
  });
}
