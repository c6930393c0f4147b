/** Makes folders that every account may enter and list, whatever our umask says. */
import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';

/** Only folders that it makes get these permissions; those that are there keep theirs. */
export async function makeOpenFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });

  if (first === undefined) {
    return;
  }
  for (let made = folder; made.length >= first.length; made = path.dirname(made)) {
    await chmod(made, 0o755);
  }
}
