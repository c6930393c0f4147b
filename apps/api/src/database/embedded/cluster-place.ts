/** Where the cluster lies: in the data folder, or, if PostgreSQL's account cannot get there, in a system folder that the data folder links to. */
import { createHash } from 'node:crypto';
import { lstat, realpath, rename, stat, symlink } from 'node:fs/promises';
import path from 'node:path';

import { StartRefused } from '../../config/start-refused.ts';
import { type Account, chooseAccount, isRoot } from './account.ts';
import { makeOpenFolder } from './open-folder.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { canEnter } from './reachability.ts';

/** `account` null: PostgreSQL runs as ourselves. `link`: what has to lead to the folder once the cluster is whole, if anything. */
export interface ClusterPlace {
  readonly folder: string;
  readonly exists: boolean;
  readonly account: Account | null;
  readonly link: string | null;
}

export async function findPlace(dataFolder: string, systemFolder: string): Promise<ClusterPlace> {
  const folder = path.join(dataFolder, 'postgres');
  const entry = await lstat(folder).catch(() => undefined);

  if (entry !== undefined) {
    const account = await findOwner(folder);

    // The account may be unable to follow the link itself.
    return { folder: await realpath(folder), exists: true, account, link: null };
  }
  const account = isRoot() ? await chooseAccount() : null;

  if (account === null || (await canEnter(account, dataFolder))) {
    return { folder, exists: false, account, link: null };
  }
  const home = path.join(systemFolder, toName(dataFolder));

  await clearAbandoned(home);
  return { folder: path.join(home, 'postgres'), exists: false, account, link: folder };
}

/** Makes the folder around the cluster, where that is not the data folder. */
export async function preparePlace(place: ClusterPlace): Promise<void> {
  if (place.link !== null) {
    await makeOpenFolder(path.dirname(place.folder));
  }
}

export async function linkPlace(place: ClusterPlace): Promise<void> {
  if (place.link !== null) {
    await symlink(place.folder, place.link);
  }
}

// An existing cluster keeps its owner: PostgreSQL runs only as the one its folder belongs to.
async function findOwner(folder: string): Promise<Account | null> {
  const { uid, gid } = await stat(folder).catch(() => {
    throw new StartRefused(
      `${folder} leads to a database folder that is gone: restore it, or delete the link to start with an empty database.`,
    );
  });

  if (isRoot()) {
    return uid === 0 ? chooseAccount() : { uid, gid };
  }
  if (uid !== process.getuid?.()) {
    throw new StartRefused(
      `${folder} belongs to another user (${String(uid)}), as after a start as root: run as root again, or set LODESTONE_DATA to another folder.`,
    );
  }
  return null;
}

// The data folder that linked here was deleted. It may have been deleted by mistake, so its database is moved aside, not removed.
async function clearAbandoned(home: string): Promise<void> {
  if ((await stat(home).catch(() => undefined)) === undefined) {
    return;
  }
  const postmaster = await findPostmaster(path.join(home, 'postgres'));

  if (postmaster !== undefined) {
    await stopPostmaster(postmaster);
  }
  await rename(home, `${home}.abandoned-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
}

function toName(dataFolder: string): string {
  return createHash('sha256').update(dataFolder).digest('hex').slice(0, 16);
}
