/** One embedded PostgreSQL for all integration tests of a run, in a folder of its own. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { TestProject } from 'vitest/node';

import { readState } from '../embedded/cluster-state.ts';
import { toUrl } from '../embedded/database-setup.ts';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the server; its databases are made by `createTestDatabase`. */
    readonly superuserUrl: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const root = await mkdtemp(path.join(tmpdir(), 'lodestone-integration-'));
  const dataFolder = path.join(root, 'data');
  // As root, PostgreSQL's account has to get to its folder.
  await chmod(root, 0o755);
  const options = { dataFolder, systemFolder: path.join(root, 'system'), log: () => undefined };
  const postgres = await startEmbeddedPostgres(options);
  const state = await readState(dataFolder);

  if (state === undefined) {
    throw new Error('the embedded PostgreSQL left no state');
  }
  project.provide('superuserUrl', toUrl(state, 'postgres', 'postgres'));

  return async () => {
    await postgres.stop();
    await rm(root, { recursive: true, force: true });
  };
}
