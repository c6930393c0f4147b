/** Brings the database to the schema this program was written for, one process at a time, or says why not. */
import type { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';

import { StartRefused } from '../config/start-refused.ts';
import { formatPlace } from './check-server.ts';
import { createMigratingDataSource, MIGRATION_TABLE } from './data-source.ts';
import { APP_ROLE, OWNER_ROLE, ROLES_SQL } from './roles.ts';
import { withClient } from './with-client.ts';

/** Any number that nobody else uses for an advisory lock in this database. */
const MIGRATION_LOCK = 7_305_171_205;
const NO_RIGHT = '42501';

type MigrationClass = new () => MigrationInterface;

export type SchemaStatus =
  | { readonly status: 'current' }
  | { readonly status: 'outdated'; readonly missing: readonly string[] }
  /** A newer program has migrated it. */
  | { readonly status: 'newer'; readonly unknown: readonly string[] };

export interface SchemaOptions {
  readonly databaseUrl: string;
  /** Null: this process may not migrate. */
  readonly ownerUrl: string | null;
  readonly migrations: readonly MigrationClass[];
  readonly log: (line: string) => void;
}

/** What a start does: migrates if it must and may. Refuses an outdated schema it may not migrate, and a newer one. */
export async function ensureSchema(options: SchemaOptions): Promise<void> {
  const { databaseUrl, ownerUrl, migrations, log } = options;
  const found = await readSchemaStatus(ownerUrl ?? databaseUrl, migrations);

  switch (found.status) {
    case 'current':
      return;
    case 'newer':
      throw new StartRefused(
        `The database at ${formatPlace(databaseUrl)} was migrated by a newer Lodestone (${found.unknown.join(', ')}): start that one, or restore a backup.`,
      );
    case 'outdated':
      if (ownerUrl === null) {
        throw new StartRefused(formatCommand(databaseUrl, found.missing));
      }
      await migrateUp(ownerUrl, migrations, log);
  }
}

/** Runs what is missing, each migration in a transaction of its own; gives the names of those it ran. */
export async function migrateUp(
  ownerUrl: string,
  migrations: readonly MigrationClass[],
  log: (line: string) => void,
): Promise<readonly string[]> {
  return whileLocked(ownerUrl, log, async (client) => {
    await ensureRoles(client);

    const run = await withMigrations(ownerUrl, migrations, (source) => source.runMigrations());
    const names = run.map(({ name }) => name);

    // The app role reads it to know whether the schema is the one it was written for.
    await client.query(`GRANT SELECT ON ${MIGRATION_TABLE} TO ${APP_ROLE}`);
    names.forEach((name) => {
      log(`Migrated: ${name}.`);
    });
    return names;
  });
}

/** Undoes the newest migration, with its data; gives its name, or undefined when there is none. */
export async function migrateDown(
  ownerUrl: string,
  migrations: readonly MigrationClass[],
  log: (line: string) => void,
): Promise<string | undefined> {
  return whileLocked(ownerUrl, log, async (client) => {
    const before = await readNames(client);

    if (before.length > 0) {
      await withMigrations(ownerUrl, migrations, (source) => source.undoLastMigration());
    }
    return before.at(-1);
  });
}

export async function readSchemaStatus(
  url: string,
  migrations: readonly MigrationClass[],
): Promise<SchemaStatus> {
  const known = migrations.map(({ name }) => name);
  const run = await withClient(url, readNames);
  const unknown = run.filter((name) => !known.includes(name));
  const missing = known.filter((name) => !run.includes(name));

  if (unknown.length > 0) {
    return { status: 'newer', unknown };
  }
  return missing.length > 0 ? { status: 'outdated', missing } : { status: 'current' };
}

async function readNames(client: Client): Promise<readonly string[]> {
  const table = await client.query<{ found: boolean }>(
    'SELECT to_regclass($1) IS NOT NULL AS found',
    [MIGRATION_TABLE],
  );

  if (table.rows[0]?.found !== true) {
    return [];
  }
  try {
    const run = await client.query<{ name: string }>(
      `SELECT name FROM ${MIGRATION_TABLE} ORDER BY id`,
    );

    return run.rows.map(({ name }) => name);
  } catch (error) {
    throw (error as { code?: string }).code === NO_RIGHT
      ? new StartRefused(
          `The user of DATABASE_URL has no rights in the database: use ${APP_ROLE}, or run GRANT ${APP_ROLE} TO that user.`,
        )
      : error;
  }
}

// The lock belongs to this connection, so it is free again however this process ends.
async function whileLocked<T>(
  ownerUrl: string,
  log: (line: string) => void,
  act: (client: Client) => Promise<T>,
): Promise<T> {
  return withClient(ownerUrl, async (client) => {
    const taken = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [
      MIGRATION_LOCK,
    ]);

    if (taken.rows[0]?.free !== true) {
      log('Waiting for another process that migrates this database ...');
      await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    }
    return act(client);
  });
}

async function withMigrations<T>(
  ownerUrl: string,
  migrations: readonly MigrationClass[],
  act: (source: ReturnType<typeof createMigratingDataSource>) => Promise<T>,
): Promise<T> {
  const source = createMigratingDataSource(ownerUrl, migrations);

  await source.initialize();
  try {
    return await act(source);
  } finally {
    await source.destroy();
  }
}

// Who owns a database need not be able to create roles; then somebody who can has to do it once.
async function ensureRoles(client: Client): Promise<void> {
  const found = await client.query<{ present: number; creates: boolean }>(
    `SELECT count(*) FILTER (WHERE rolname IN ($1, $2))::int AS present,
            bool_or(rolname = current_user AND (rolsuper OR rolcreaterole)) AS creates
       FROM pg_roles`,
    [OWNER_ROLE, APP_ROLE],
  );

  if (found.rows[0]?.present === 2) {
    return;
  }
  if (found.rows[0]?.creates !== true) {
    throw new StartRefused(
      `The database has no roles ${OWNER_ROLE} and ${APP_ROLE}: run infra/postgres/roles.sql there once, as a superuser.`,
    );
  }
  await client.query(ROLES_SQL);
}

function formatCommand(databaseUrl: string, missing: readonly string[]): string {
  const owner = `postgres://${OWNER_ROLE}:PASSWORD@${formatPlace(databaseUrl)}`;

  return `The database lacks ${missing.join(', ')}, and without DATABASE_OWNER_URL this process may not migrate it: run DATABASE_URL='${owner}' DATABASE_OWNER_URL='${owner}' npm run db -- up`;
}
