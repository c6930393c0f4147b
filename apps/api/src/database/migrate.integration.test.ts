/** Migrating: up, down and up again, by several at once, and what is said to who may not. */
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterEach, describe, expect, it } from 'vitest';

import { ensureSchema, migrateDown, migrateUp, readSchemaStatus } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { withClient } from './with-client.ts';

const quiet = (): void => undefined;
let databases: TestDatabase[] = [];

class First1000000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE first (id int)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE first');
  }
}

class Failing1000000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE second (id int)');
    await runner.query('SELECT 1 / 0');
  }
  async down(): Promise<void> {
    // Never came into being.
  }
}

afterEach(async () => {
  await Promise.all(databases.splice(0).map((database) => database.drop()));
  databases = [];
});

describe('migrations', () => {
  it('lead from an empty database up, down to an empty one, and up to the same again', async () => {
    const { ownerUrl } = await empty();
    const before = await describeSchema(ownerUrl);

    await migrateUp(ownerUrl, migrations, quiet);
    const first = await describeSchema(ownerUrl);
    for (const migration of migrations.toReversed()) {
      expect(await migrateDown(ownerUrl, migrations, quiet)).toBe(migration.name);
    }
    expect(await migrateDown(ownerUrl, migrations, quiet)).toBeUndefined();
    expect(await describeSchema(ownerUrl)).toEqual(before);
    await migrateUp(ownerUrl, migrations, quiet);

    expect(await describeSchema(ownerUrl)).toEqual(first);
    expect(first.length).toBeGreaterThan(before.length);
  });

  it('run once when several start at the same time', async () => {
    const { ownerUrl } = await empty();
    const starts = [1, 2, 3].map(() => migrateUp(ownerUrl, [First1000000000001], quiet));

    expect((await Promise.all(starts)).flat()).toEqual(['First1000000000001']);
  });

  it('leave nothing of one that fails, and keep those before it', async () => {
    const { ownerUrl } = await empty();
    const both = [First1000000000001, Failing1000000000002];

    await expect(migrateUp(ownerUrl, both, quiet)).rejects.toThrow(/division by zero/);

    expect(await readSchemaStatus(ownerUrl, both)).toEqual({
      status: 'outdated',
      missing: ['Failing1000000000002'],
    });
    expect(JSON.stringify(await describeSchema(ownerUrl))).not.toContain('second');
  });
});

describe('ensureSchema', () => {
  it('migrates with an owner, and is then satisfied without one', async () => {
    const { databaseUrl, ownerUrl } = await empty();
    const said: string[] = [];

    await ensureSchema({ databaseUrl, ownerUrl, migrations, log: (line) => said.push(line) });
    await ensureSchema({ databaseUrl, ownerUrl: null, migrations, log: (line) => said.push(line) });

    expect(said).toHaveLength(migrations.length);
  });

  it('refuses an outdated schema without an owner, and prints the command without a password', async () => {
    const { databaseUrl } = await empty();
    const refused = ensureSchema({ databaseUrl, ownerUrl: null, migrations, log: quiet });

    await expect(refused).rejects.toMatchObject({
      name: 'StartRefused',
      message: expect.stringMatching(
        /lacks Workspace1764000000000.*DATABASE_OWNER_URL='postgres:\/\/lodestone_owner:PASSWORD@127.*npm run db -- up$/,
      ) as string,
    });
    await expect(refused).rejects.not.toThrow(/only-for-tests/);
  });

  it('refuses a schema that a newer program has made', async () => {
    const { databaseUrl, ownerUrl } = await empty();

    await migrateUp(ownerUrl, [...migrations, First1000000000001], quiet);

    await expect(ensureSchema({ databaseUrl, ownerUrl, migrations, log: quiet })).rejects.toThrow(
      /newer Lodestone \(First1000000000001\)/,
    );
  });

  it('tells a user that nobody has given rights which role has them', async () => {
    const { superuserUrl } = await empty();
    const url = new URL(superuserUrl);

    await withClient(superuserUrl, async (client) => {
      await client.query('DROP ROLE IF EXISTS stranger');
      await client.query("CREATE ROLE stranger LOGIN PASSWORD 'only-for-tests'");
      await client.query(`GRANT ALL ON DATABASE ${url.pathname.slice(1)} TO stranger`);
      await client.query('GRANT ALL ON SCHEMA public TO stranger');
    });
    url.username = 'stranger';
    url.password = 'only-for-tests';

    await migrateUp(superuserUrl, migrations, quiet);
    await expect(
      ensureSchema({ databaseUrl: url.href, ownerUrl: null, migrations, log: quiet }),
    ).rejects.toThrow(/no rights in the database: use lodestone_app/);
  });
});

async function empty(): Promise<TestDatabase> {
  const database = await createTestDatabase({ isEmpty: true });

  databases.push(database);
  return database;
}

/** Every column, constraint, index and grant, but for those of the table of migrations. */
async function describeSchema(url: string): Promise<readonly unknown[]> {
  return withClient(url, async (client) => {
    const found = await client.query<Record<string, unknown>>(
      `SELECT 'column' AS kind, table_name, column_name AS name, data_type || is_nullable || coalesce(column_default, '') AS what
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migration'
       UNION ALL
       SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> to_regclass('migration')
       UNION ALL
       SELECT 'index', tablename, indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'migration'
       UNION ALL
       SELECT 'grant', table_name, grantee, privilege_type FROM information_schema.role_table_grants
        WHERE table_schema = 'public' AND table_name <> 'migration'
       ORDER BY 1, 2, 3, 4`,
    );

    return found.rows;
  });
}
