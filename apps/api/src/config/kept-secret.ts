/** Secrets that are made at the first start and kept in the data folder, readable by its owner alone. */
import { randomBytes, randomInt } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** @returns the kept text, or the one given or drawn now, which is kept from then on. */
export async function keptSecret(folder: string, name: string, make = drawSecret): Promise<string> {
  const file = path.join(folder, name);
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await mkdir(folder, { recursive: true });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${make()}\n`, { mode: 0o600 });
  // Of two processes that start at once one links its draft, whole, and both read it.
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await unlink(draft);

  return (await readFile(file, 'utf8')).trim();
}

function drawSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A password that can be read aloud and typed: five groups of four letters and digits that cannot be confused. */
export function drawPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const groups = Array.from({ length: 5 }, () =>
    Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(''),
  );

  return groups.join('-');
}
