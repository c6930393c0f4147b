/** Makes a new database cluster: whole, or not at all. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Account } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { POSTGRES_ENVIRONMENT } from './postmaster.ts';

export const SUPERUSER = 'postgres';

// Order by code point, upper and lower case by Unicode, and no dependence on what the machine has installed.
const LOCALE = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly folder: string;
  readonly account: Account | null;
  readonly password: string;
}

/** Works in a draft folder beside the final one; drafts of interrupted starts are removed. */
export async function createCluster(options: ClusterOptions): Promise<void> {
  const { account, folder, password } = options;
  const draft = `${folder}.new-${randomUUID()}`;
  const passwordFile = `${draft}.password`;

  await removeDrafts(folder);
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, password, { mode: 0o600 });

    if (account !== null) {
      await chown(draft, account.uid, account.gid);
      await chown(passwordFile, account.uid, account.gid);
    }
    await runInitdb(options, draft, passwordFile);
    await rename(draft, folder);
  } finally {
    await removeDrafts(folder);
  }
}

async function runInitdb(options: ClusterOptions, draft: string, passwordFile: string) {
  const settings = [
    `--pgdata=${draft}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--data-checksums',
    '--no-instructions',
    ...LOCALE,
  ];

  await promisify(execFile)(options.binaries.initdb, settings, {
    ...(options.account ?? {}),
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
  });
}

async function removeDrafts(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const drafts = (await readdir(parent)).filter((name) =>
    name.startsWith(`${path.basename(folder)}.new-`),
  );

  await Promise.all(
    drafts.map((name) =>
      rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 5 }),
    ),
  );
}
