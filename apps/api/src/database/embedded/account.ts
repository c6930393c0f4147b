/** The account PostgreSQL runs under: ourselves, or somebody else when we are root, since it refuses to run as root. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { StartRefused } from '../../config/start-refused.ts';

const PREFERRED = 'postgres';
const CREATED = 'lodestone';
const LAST_RESORT = 'nobody';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** An account other than root: `postgres` if this machine has it, else one made for us, else `nobody`. */
export async function chooseAccount(): Promise<Account> {
  const existing = await findAccount(PREFERRED, CREATED);

  if (existing !== undefined) {
    return existing;
  }
  await createAccount();

  const account = await findAccount(CREATED, LAST_RESORT);

  if (account === undefined) {
    throw new StartRefused(
      'PostgreSQL refuses to run as root and this machine has no other account for it: run as an ordinary user, or set DATABASE_URL.',
    );
  }
  return account;
}

/** Finds the first of `names` in the text of a passwd file; root under another name does not count. */
export function parseAccount(passwd: string, names: readonly string[]): Account | undefined {
  const lines = passwd.split('\n').map((line) => line.split(':'));
  const found = names.flatMap((name) => lines.filter(([first]) => first === name));

  return found
    .map(([, , uid, gid]) => ({ uid: Number(uid), gid: Number(gid) }))
    .find(({ uid, gid }) => Number.isInteger(uid) && uid > 0 && Number.isInteger(gid));
}

async function findAccount(...names: readonly string[]): Promise<Account | undefined> {
  return parseAccount(await readFile('/etc/passwd', 'utf8').catch(() => ''), names);
}

// Where useradd is missing or the file system is read-only, the caller goes on without.
async function createAccount(): Promise<void> {
  const options = ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin'];

  await promisify(execFile)('useradd', [...options, CREATED]).catch(() => undefined);
}
