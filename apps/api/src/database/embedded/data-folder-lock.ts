/** Lets one process at a time use a data folder, also after that process was killed. */
import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { StartRefused } from '../../config/start-refused.ts';
import { identify, isRunning } from './process-identity.ts';

const LOCK_FILE = 'lodestone.pid';
const POLL_MS = 50;

const Holder = z.object({ pid: z.number().int().positive(), startTime: z.string().nullable() });

export interface DataFolderLock {
  release(): Promise<void>;
}

/** Waits for a holder that is just ending; refuses when it stays longer than `patienceMs`. */
export async function lockDataFolder(folder: string, patienceMs = 3000): Promise<DataFolderLock> {
  const file = path.join(folder, LOCK_FILE);
  const own = JSON.stringify(await identify(process.pid));
  const deadline = performance.now() + patienceMs;

  for (;;) {
    if (await createWhole(file, own)) {
      return { release: () => rm(file, { force: true }) };
    }
    const text = await readFile(file, 'utf8').catch(() => undefined);
    const holder = parseHolder(text);

    if (holder === undefined || !(await isRunning(holder))) {
      await removeStale(file, text);
    } else if (performance.now() > deadline) {
      throw new StartRefused(
        `${folder} is in use by process ${String(holder.pid)}: stop that one first, or set LODESTONE_DATA to another folder.`,
      );
    } else {
      await delay(POLL_MS);
    }
  }
}

// A link appears with its whole content, or not at all when the name is taken.
async function createWhole(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;

  try {
    await writeFile(draft, text, { mode: 0o644 });
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

// Two starts may find the same dead holder: what was moved away is put back when it is no longer that one.
async function removeStale(file: string, staleText: string | undefined): Promise<void> {
  const aside = `${file}.${randomUUID()}`;

  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== staleText) {
    await link(aside, file).catch(() => undefined);
  }
  await rm(aside, { force: true });
}

function parseHolder(text: string | undefined): z.infer<typeof Holder> | undefined {
  try {
    return Holder.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
