/** One PostgreSQL for the tests of a run, with as many empty databases as they ask for. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Client } from 'pg';

import { createDataFolder } from './data-folder.ts';
import { runProgram } from './program.ts';
import { workspaceRoot } from './workspace-root.ts';

const SUPERUSER = 'postgres';

export interface TestPostgres {
  /** As the superuser, to the database that every server has. */
  readonly superuserUrl: string;
  readonly pid: number;
  /** Empty but for the product's roles; an api that is given both addresses makes the schema. */
  createDatabase(): Promise<TestDatabase>;
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
}

/** Runs the product's own embedded PostgreSQL (`npm run db -- serve`). */
export async function startPostgres(): Promise<TestPostgres> {
  const folder = await createDataFolder();
  const program = runProgram('infra/run/db.mjs', ['serve', '--no-build'], {
    LODESTONE_DATA: folder.path,
  });
  const stop = async (): Promise<void> => {
    await program.stop();
    await folder.remove();
  };

  try {
    const [, databaseUrl = ''] = await program.says(/^DATABASE_URL=(\S+)$/m);
    const [, ownerUrl = ''] = await program.says(/^DATABASE_OWNER_URL=(\S+)$/m);
    const superuserUrl = await readSuperuserUrl(folder.path, databaseUrl);
    const urls = { databaseUrl, ownerUrl, superuserUrl };

    return { superuserUrl, pid: program.pid, createDatabase: () => createDatabase(urls), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function createDatabase(server: TestDatabase): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const superuserUrl = withDatabase(server.superuserUrl, name);
  const roles = await readFile(path.join(workspaceRoot, 'infra/postgres/roles.sql'), 'utf8');

  await execute(server.superuserUrl, `CREATE DATABASE ${name}`);
  await execute(superuserUrl, roles);

  return {
    databaseUrl: withDatabase(server.databaseUrl, name),
    ownerUrl: withDatabase(server.ownerUrl, name),
    superuserUrl,
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });

  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function readSuperuserUrl(dataFolder: string, like: string): Promise<string> {
  const text = await readFile(path.join(dataFolder, 'embedded-postgres.json'), 'utf8');
  const { passwords } = JSON.parse(text) as { passwords: Record<string, string> };
  const url = new URL(withDatabase(like, 'postgres'));

  url.username = SUPERUSER;
  url.password = passwords[SUPERUSER] ?? '';
  return url.href;
}

function withDatabase(address: string, name: string): string {
  const url = new URL(address);

  url.pathname = name;
  return url.href;
}
