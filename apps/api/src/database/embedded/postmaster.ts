/** One PostgreSQL server process: started by us, or found running after its starter was killed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { Account } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';
import { identify, isRunning, workingFolder } from './process-identity.ts';

const POLL_MS = 100;
const FAST_SHUTDOWN_MS = 20_000;
/** The whole environment of PostgreSQL: nothing of ours, such as PGPORT or a language, may change what it does. */
export const POSTGRES_ENVIRONMENT = { LC_ALL: 'C', TZ: 'UTC' } as const;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  isRunning(): boolean;
  /** Settles when the process has ended, for whatever reason; never rejects. */
  readonly ended: Promise<void>;
}

export interface PostmasterOptions {
  readonly binaries: PostgresBinaries;
  readonly clusterFolder: string;
  readonly account: Account | null;
  readonly port: number;
  readonly logFile: string;
}

/** Detached, so that Ctrl+C in a terminal reaches us alone and we end it in order. */
export async function startPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const log = await open(options.logFile, 'a', 0o600);

  try {
    const child = spawn(options.binaries.postgres, toArguments(options), {
      ...(options.account ?? {}),
      cwd: '/',
      env: POSTGRES_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    const exit = new Promise<void>((resolve) => {
      child.once('exit', () => {
        resolve();
      });
    });

    await once(child, 'spawn');
    child.unref();
    return toPostmaster(child.pid ?? 0, options.port, exit);
  } finally {
    await log.close();
  }
}

/** The living server of this cluster, if there is one. A `postmaster.pid` that tells of another process is removed. */
export async function findPostmaster(clusterFolder: string): Promise<Postmaster | undefined> {
  const file = path.join(clusterFolder, 'postmaster.pid');
  const [pid, , , port] = (await readFile(file, 'utf8').catch(() => '')).split('\n').map(Number);

  if (pid === undefined || port === undefined || !Number.isInteger(pid) || pid <= 1) {
    return undefined;
  }
  const identity = await identify(pid);

  if (!(await isRunning(identity)) || !(await worksIn(pid, clusterFolder))) {
    await rm(file, { force: true });
    return undefined;
  }
  return toPostmaster(
    pid,
    port,
    untilEnded(() => isRunning(identity)),
  );
}

/** Ends it in order; when it does not end, ends it at once, which loses nothing that was committed. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  const impatience = setTimeout(() => {
    signal(postmaster, 'SIGQUIT');
  }, FAST_SHUTDOWN_MS);

  signal(postmaster, 'SIGINT');
  await postmaster.ended;
  clearTimeout(impatience);
}

function toArguments({ clusterFolder, port }: PostmasterOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    logging_collector: 'off',
    log_destination: 'stderr',
    log_line_prefix: '%m [%p] ',
  };

  return [
    '-D',
    clusterFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

function toPostmaster(pid: number, port: number, exit: Promise<void>): Postmaster {
  let running = true;
  const ended = exit.then(() => {
    running = false;
  });

  return { pid, port, isRunning: () => running, ended };
}

function signal(postmaster: Postmaster, name: NodeJS.Signals): void {
  if (!postmaster.isRunning()) {
    return;
  }
  try {
    process.kill(postmaster.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

// A process that is not our child cannot be awaited, only asked for.
async function untilEnded(isStillRunning: () => Promise<boolean>): Promise<void> {
  while (await isStillRunning()) {
    await delay(POLL_MS, undefined, { ref: false });
  }
}

// PostgreSQL makes its data folder its working folder. Where that cannot be known the pid alone must do.
async function worksIn(pid: number, clusterFolder: string): Promise<boolean> {
  const folder = await workingFolder(pid);

  return folder === undefined || folder === (await realpath(clusterFolder));
}
