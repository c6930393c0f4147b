/**
 * A server that is gone without a word (its machine lost power, a firewall forgot the connection) leaves queries that wait
 * for ever. Nothing of ours holds a connection for long: one that is held too long waits for an answer that will not come.
 */
import type pg from 'pg';

/** Above every `statement_timeout` of ours, which ends a statement whose server is there. */
const PATIENCE_MS = 12_000;

/** What `pg` has and its types do not say. */
interface Wired {
  readonly connection: { readonly stream: { destroy(error: Error): void } };
}

/** The others of the pool are suspect too: all of them are ended, and their callers told of the outage. */
export function endSilentConnections(pool: pg.Pool, patienceMs = PATIENCE_MS): void {
  const clients = new Set<pg.PoolClient>();
  const waiting = new Map<pg.PoolClient, NodeJS.Timeout>();
  const endAll = (): void => {
    for (const client of [...clients]) {
      (client as unknown as Wired).connection.stream.destroy(new DatabaseSilent());
    }
  };

  pool.on('acquire', (client) => {
    clients.add(client);
    waiting.set(client, setTimeout(endAll, patienceMs).unref());
  });
  pool.on('release', (_error, client) => {
    clearTimeout(waiting.get(client));
    waiting.delete(client);
  });
  pool.on('remove', (client) => {
    clearTimeout(waiting.get(client));
    waiting.delete(client);
    clients.delete(client);
  });
}

class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent';
  /** As a network says it that notices by itself. */
  readonly code = 'ETIMEDOUT';
  readonly syscall = 'read';

  constructor() {
    super('the database has fallen silent');
  }
}
