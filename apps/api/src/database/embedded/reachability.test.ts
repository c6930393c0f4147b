/** Who may enter and read what, told from permissions as the kernel does. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { canEnter, canRead, grants } from './reachability.ts';

const STRANGER = { uid: 4_000_001, gid: 4_000_001 };

describe('grants', () => {
  it.each([
    ['the owner', { uid: 7, gid: 0 }, 0o100, true],
    ['the owner, although the group may', { uid: 7, gid: 8 }, 0o010, false],
    ['the group', { uid: 0, gid: 8 }, 0o010, true],
    ['the group, although others may', { uid: 0, gid: 8 }, 0o001, false],
    ['others', { uid: 1, gid: 1 }, 0o001, true],
    ['others, although the owner may', { uid: 1, gid: 1 }, 0o710, false],
  ])('asks only the first class that fits: %s', (_class, account, mode, expected) => {
    expect(grants({ uid: 7, gid: 8, mode }, account, 0o1)).toBe(expected);
  });
});

describe('canEnter and canRead', () => {
  let root: string;
  let file: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'lodestone-reach-'));
    file = path.join(root, 'inner', 'file');
    await mkdir(path.dirname(file));
    await writeFile(file, '');
    await Promise.all([chmod(root, 0o711), chmod(path.dirname(file), 0o711), chmod(file, 0o644)]);
  });

  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  it('let a stranger through folders that he may enter', async () => {
    expect(await canEnter(STRANGER, path.dirname(file))).toBe(true);
    expect(await canRead(STRANGER, [file])).toBe(true);
  });

  it('stop him at any folder on the way that he may not enter', async () => {
    await chmod(root, 0o700);

    expect(await canEnter(STRANGER, path.dirname(file))).toBe(false);
    expect(await canRead(STRANGER, [file])).toBe(false);
  });

  it('stop him at a file that he may not read, or a program that he may not run', async () => {
    await chmod(file, 0o600);
    expect(await canRead(STRANGER, [file])).toBe(false);

    await chmod(file, 0o744);
    expect(await canRead(STRANGER, [file])).toBe(false);
  });
});
