/** What the product finds in its cluster: its database, with its two roles. */
import { APP_ROLE, OWNER_ROLE, ROLES_SQL } from '../roles.ts';
import { withClient } from '../with-client.ts';
import { SUPERUSER } from './cluster.ts';
import type { ClusterState } from './cluster-state.ts';

const DATABASE = 'lodestone';

/** A connection string for one of the roles; without `database`, for the product's own. */
export function toUrl(
  { passwords, port }: ClusterState,
  role: keyof ClusterState['passwords'],
  database = DATABASE,
): string {
  return `postgres://${role}:${passwords[role]}@127.0.0.1:${String(port)}/${database}`;
}

/** Creates what is missing; run at every start. */
export async function setUpDatabase(state: ClusterState): Promise<void> {
  await withClient(toUrl(state, SUPERUSER, 'postgres'), async (client) => {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);

    if (found.rowCount === 0) {
      await client.query(`CREATE DATABASE ${DATABASE}`);
    }
  });
  await withClient(toUrl(state, SUPERUSER), async (client) => {
    await client.query(ROLES_SQL);

    for (const role of [OWNER_ROLE, APP_ROLE] as const) {
      const password = client.escapeLiteral(state.passwords[role]);

      await client.query(`ALTER ROLE ${role} PASSWORD ${password}`);
    }
  });
}
