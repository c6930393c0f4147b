/** Refuses, before anything else, a PostgreSQL that is too old or that may lose what it has committed. */
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { StartRefused } from '../config/start-refused.ts';
import { isDatabaseOutage } from './database-outage.ts';
import { withClient } from './with-client.ts';

const OLDEST_MAJOR = 15;
const RETRY_MS = 500;
const PATIENCE_MS = 30_000;
const DURABLE = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'remote_apply'],
} as const;

const Server = z.object({
  version: z.string(),
  number: z.coerce.number(),
  fsync: z.string(),
  full_page_writes: z.string(),
  synchronous_commit: z.string(),
});

export type ServerSettings = Readonly<z.infer<typeof Server>>;

/** Waits a while for a database that is just starting. Asks as the role that serves, since a role can have settings of its own. */
export async function checkServer(
  databaseUrl: string,
  log: (line: string) => void,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const fault = findFault(await readSettings(databaseUrl, log, patienceMs));

  if (fault !== undefined) {
    throw new StartRefused(`The database at ${formatPlace(databaseUrl)} cannot be used: ${fault}.`);
  }
}

/** What makes this server unfit, in words; undefined when nothing does. */
export function findFault(server: ServerSettings): string | undefined {
  if (server.number < OLDEST_MAJOR * 10_000) {
    return `it is PostgreSQL ${server.version}, and ${String(OLDEST_MAJOR)} or newer is needed`;
  }
  const unsafe = (['fsync', 'full_page_writes', 'synchronous_commit'] as const).find(
    (name) => !(DURABLE[name] as readonly string[]).includes(server[name]),
  );

  return unsafe === undefined
    ? undefined
    : `its setting ${unsafe} is ${server[unsafe]}, and must be on, or edits shown as saved could be lost`;
}

/** Host, port and database of a connection string, and no password. */
export function formatPlace(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);

  return `${host}${pathname}`;
}

async function readSettings(
  url: string,
  log: (line: string) => void,
  patienceMs: number,
): Promise<ServerSettings> {
  const deadline = performance.now() + patienceMs;

  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withClient(url, async (client) => {
        const found = await client.query(
          `SELECT current_setting('server_version') AS version,
                  current_setting('server_version_num') AS number,
                  current_setting('fsync') AS fsync,
                  current_setting('full_page_writes') AS full_page_writes,
                  current_setting('synchronous_commit') AS synchronous_commit`,
        );

        return Server.parse(found.rows[0]);
      });
    } catch (error) {
      if (!isDatabaseOutage(error) || performance.now() > deadline) {
        throw new StartRefused(
          `The database at ${formatPlace(url)} does not let us in: ${describe(error)}.`,
        );
      }
      if (attempt === 1) {
        log(`Waiting for the database at ${formatPlace(url)} ...`);
      }
      await delay(RETRY_MS);
    }
  }
}

// A host with several addresses fails with one error for all of them, which has no message of its own.
function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };

  return message === '' ? (code ?? 'unknown error') : message;
}
