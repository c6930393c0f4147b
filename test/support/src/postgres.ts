/** One PostgreSQL for the tests of a run, with as many empty databases as they ask for. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { Client } from 'pg';

import { createDataFolder, type DataFolder } from './data-folder.ts';
import { killTree, signal } from './processes.ts';
import { type Program, runProgram } from './program.ts';
import { workspaceRoot } from './workspace-root.ts';

const SUPERUSER = 'postgres';

export interface TestPostgres {
  /** As the superuser, to the database that every server has. */
  readonly superuserUrl: string;
  readonly pid: number;
  /** Empty but for the product's roles; an api that is given both addresses makes the schema. */
  createDatabase(): Promise<TestDatabase>;
  /** The server with all its processes, as by a power cut; what supervises it starts it again at once. */
  kill9(): Promise<void>;
  /** The same, and it stays away until `release`. */
  keepDown(): Promise<{ release(): Promise<void> }>;
  stop(): Promise<void>;
}

export interface TestDatabase {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly superuserUrl: string;
}

/** Runs the product's own embedded PostgreSQL (`npm run db -- serve`). */
export async function startPostgres(
  options: { readonly folder?: DataFolder } = {},
): Promise<TestPostgres> {
  const folder = options.folder ?? (await createDataFolder());
  const program = runProgram('infra/run/db.mjs', ['serve', '--no-build'], {
    LODESTONE_DATA: folder.path,
  });
  const stop = async (): Promise<void> => {
    // It may be kept down.
    signal(program.pid, 'SIGCONT');
    await program.stop();
    await folder.remove();
  };

  try {
    const [, databaseUrl = ''] = await program.says(/^DATABASE_URL=(\S+)$/m);
    const [, ownerUrl = ''] = await program.says(/^DATABASE_OWNER_URL=(\S+)$/m);
    const superuserUrl = await readSuperuserUrl(folder.path, databaseUrl);
    const urls = { databaseUrl, ownerUrl, superuserUrl };

    const postmasterFile = path.join(folder.path, 'postgres', 'postmaster.pid');

    return {
      superuserUrl,
      pid: program.pid,
      createDatabase: () => createDatabase(urls),
      kill9: async () => {
        await killTree(await readPostmaster(postmasterFile));
      },
      keepDown: () => keepDown(program, postmasterFile),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readPostmaster(file: string): Promise<number> {
  const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
  if (!(pid > 1)) throw new Error(`${file} names no process`);

  return pid;
}

async function keepDown(
  program: Program,
  postmasterFile: string,
): Promise<{ release(): Promise<void> }> {
  // A supervisor that does not run starts nothing.
  signal(program.pid, 'SIGSTOP');
  await killTree(await readPostmaster(postmasterFile));

  return {
    release: () => {
      signal(program.pid, 'SIGCONT');

      return Promise.resolve();
    },
  };
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
