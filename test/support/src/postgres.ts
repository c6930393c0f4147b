/** One PostgreSQL for the tests of a run, with as many empty databases as they ask for. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createDataFolder, type DataFolder, readPostmaster } from './data-folder.ts';
import { withDatabase } from './database-client.ts';
import { killTree, signal } from './processes.ts';
import { type Program, runProgram } from './program.ts';
import { workspaceRoot } from './workspace-root.ts';

const SUPERUSER = 'postgres';

export interface TestPostgres {
  /** As the superuser, to the database that every server has. */
  readonly superuserUrl: string;
  /** The process that all processes of the server are children of. */
  postmaster(): Promise<number>;
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

    return {
      superuserUrl,
      postmaster: () => postmasterIn(folder),
      createDatabase: () => createDatabase(urls),
      kill9: async () => {
        await killTree(await postmasterIn(folder));
      },
      keepDown: () => keepDown(program, folder),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function postmasterIn(folder: DataFolder): Promise<number> {
  const pid = await readPostmaster(folder.path);
  if (pid === undefined) throw new Error(`no PostgreSQL works in ${folder.path}`);

  return pid;
}

async function keepDown(
  program: Program,
  folder: DataFolder,
): Promise<{ release(): Promise<void> }> {
  // A supervisor that does not run starts nothing.
  signal(program.pid, 'SIGSTOP');
  await killTree(await postmasterIn(folder));

  return {
    release: () => {
      signal(program.pid, 'SIGCONT');

      return Promise.resolve();
    },
  };
}

async function createDatabase(server: TestDatabase): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const superuserUrl = addressOf(server.superuserUrl, name);
  const roles = await readFile(path.join(workspaceRoot, 'infra/postgres/roles.sql'), 'utf8');

  await withDatabase(server.superuserUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  await withDatabase(superuserUrl, (client) => client.query(roles));

  return {
    databaseUrl: addressOf(server.databaseUrl, name),
    ownerUrl: addressOf(server.ownerUrl, name),
    superuserUrl,
  };
}

async function readSuperuserUrl(dataFolder: string, like: string): Promise<string> {
  const text = await readFile(path.join(dataFolder, 'embedded-postgres.json'), 'utf8');
  const { passwords } = JSON.parse(text) as { passwords: Record<string, string> };
  const url = new URL(addressOf(like, 'postgres'));

  url.username = SUPERUSER;
  url.password = passwords[SUPERUSER] ?? '';
  return url.href;
}

function addressOf(address: string, name: string): string {
  const url = new URL(address);

  url.pathname = name;
  return url.href;
}
