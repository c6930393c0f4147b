/** A data folder for one test, removed with whatever still runs in it. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface DataFolder {
  readonly path: string;
  /** Ends a PostgreSQL that outlived a killed api, then deletes the folder. */
  remove(): Promise<void>;
}

export async function createDataFolder(): Promise<DataFolder> {
  const root = await mkdtemp(path.join(tmpdir(), 'lodestone-test-'));

  // As root, PostgreSQL runs under another account, which has to get to its folder.
  await chmod(root, 0o755);

  const folder = folderIn(root);

  return {
    path: folder.path,
    remove: async () => {
      await folder.endServer();
      await rm(root, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Where the data lies in a folder that is there, and what ends a server that still works in it. */
export function folderIn(root: string): {
  readonly path: string;
  readonly endServer: () => Promise<void>;
} {
  const folder = path.join(root, 'data');

  return {
    path: folder,
    endServer: () => endServer(folder),
  };
}

async function endServer(folder: string): Promise<void> {
  const pid = await readPostmaster(folder);

  if (pid === undefined || !send(pid, 'SIGINT')) return;

  while ((await readPostmaster(folder)) === pid && send(pid, 0)) {
    await delay(20);
  }
}

/** The process of the PostgreSQL that works in a data folder; one that was killed leaves its number behind. */
export async function readPostmaster(folder: string): Promise<number | undefined> {
  const pidFile = path.join(folder, 'postgres', 'postmaster.pid');
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);

  return pid > 1 ? pid : undefined;
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
