/** A disk of its own for a test, small enough to be filled. Only where this process may mount one, which takes root. */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { folderIn, type DataFolder } from './data-folder.ts';

const run = promisify(execFile);
const blockBytes = 64 * 1024;

export interface SmallDisk {
  /** A data folder on it; removing that takes the disk away. */
  readonly folder: DataFolder;
  /** To the last byte. */
  fill(): Promise<void>;
  free(): Promise<void>;
}

/** @returns undefined where this process may not mount. */
export async function createSmallDisk(megabytes: number): Promise<SmallDisk | undefined> {
  const root = await mkdtemp(path.join(tmpdir(), 'lodestone-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', root]);
  } catch {
    await rm(root, { recursive: true });

    return undefined;
  }
  await chmod(root, 0o755);
  const ballast = path.join(root, 'ballast');
  const folder = folderIn(root);

  return {
    folder: {
      path: folder.path,
      remove: async () => {
        await folder.endServer();
        await run('umount', [root]);
        await rm(root, { recursive: true });
      },
    },
    fill: () => fill(ballast),
    free: () => rm(ballast, { force: true }),
  };
}

async function fill(file: string): Promise<void> {
  const ballast = await open(file, 'a');
  try {
    for (let bytes = blockBytes; bytes > 0;) {
      const written = await ballast.write(Buffer.alloc(bytes)).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;

        return undefined;
      });
      // Smaller and smaller pieces, until nothing fits.
      if (written === undefined) bytes = Math.floor(bytes / 2);
    }
  } finally {
    await ballast.close();
  }
}
