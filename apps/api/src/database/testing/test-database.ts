/** Gives each integration test file a database of its own, with the product's roles and schema. */
import { randomUUID } from 'node:crypto';

import { inject } from 'vitest';

import { migrateUp } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import { APP_ROLE, OWNER_ROLE, ROLES_SQL } from '../roles.ts';
import { withClient } from '../with-client.ts';

const PASSWORD = 'only-for-tests';

export interface TestDatabase {
  /** As `lodestone_app`. */
  readonly databaseUrl: string;
  /** As `lodestone_owner`. */
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  drop(): Promise<void>;
}

/** `isEmpty`: with the roles, but without the schema. */
export async function createTestDatabase({ isEmpty = false } = {}): Promise<TestDatabase> {
  const server = inject('superuserUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const superuserUrl = toUrl(server, name);
  const ownerUrl = toUrl(server, name, OWNER_ROLE);

  await withClient(server, async (client) => {
    // The roles belong to the server: two files must not change them at the same time.
    await client.query('SELECT pg_advisory_lock(1)');
    await client.query(`CREATE DATABASE ${name}`);
    await withClient(superuserUrl, async (inside) => {
      await inside.query(ROLES_SQL);
      await inside.query(`ALTER ROLE ${OWNER_ROLE} PASSWORD '${PASSWORD}'`);
      await inside.query(`ALTER ROLE ${APP_ROLE} PASSWORD '${PASSWORD}'`);
    });
  });
  if (!isEmpty) {
    await migrateUp(ownerUrl, migrations, () => undefined);
  }
  return {
    databaseUrl: toUrl(server, name, APP_ROLE),
    ownerUrl,
    superuserUrl,
    drop: async () => {
      await withClient(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

function toUrl(server: string, database: string, role?: string): string {
  const url = new URL(server);

  url.pathname = database;
  if (role !== undefined) {
    url.username = role;
    url.password = PASSWORD;
  }
  return url.href;
}
