/** The file that the embedded PostgreSQL writes its messages to. */
import { readFile, stat, truncate } from 'node:fs/promises';

const LIMIT_BYTES = 16 * 1024 * 1024;
const SEVERE = /(?:FATAL|PANIC|error while loading).*$/;

/** Empties the file at a start when it has become large. */
export async function trimLog(file: string): Promise<void> {
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;

  if (size > LIMIT_BYTES) {
    await truncate(file);
  }
}

/** The newest message that can have ended the server, without its time and process. */
export async function readLastWords(file: string): Promise<string> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).trimEnd().split('\n');
  const severe = lines.findLast((line) => SEVERE.test(line));

  return SEVERE.exec(severe ?? '')?.[0] ?? lines.at(-1) ?? '';
}
