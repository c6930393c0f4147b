/** Whether an account may enter folders and read files, told from their permissions alone. */
import { stat } from 'node:fs/promises';
import path from 'node:path';

import type { Account } from './account.ts';

const READ = 0o4;
const ENTER = 0o1;

export interface Permissions extends Account {
  readonly mode: number;
}

/** `need`: the bits of one rwx digit. Like the kernel, only the first class that fits counts: owner, group, others. */
export function grants(permissions: Permissions, account: Account, need: number): boolean {
  const shift = permissions.uid === account.uid ? 6 : permissions.gid === account.gid ? 3 : 0;

  return ((permissions.mode >> shift) & need) === need;
}

/** Whether the account may go down to `folder` and into it. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  const parent = path.dirname(folder);

  return (
    grants(await stat(folder), account, ENTER) &&
    (parent === folder || (await canEnter(account, parent)))
  );
}

/** Whether the account may enter the folder of each file, and read (and run, where the owner may) the file. */
export async function canRead(account: Account, files: readonly string[]): Promise<boolean> {
  for (const file of files) {
    const permissions = await stat(file);
    const need = READ | ((permissions.mode >> 6) & ENTER);

    if (!grants(permissions, account, need) || !(await canEnter(account, path.dirname(file)))) {
      return false;
    }
  }
  return true;
}
