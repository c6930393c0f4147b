/** Which scripts of the page the content security policy has to name. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { inlineScriptHashes } from './web-client.ts';

/** `printf 'start();' | openssl dgst -sha256 -binary | base64` */
const HASH_OF_START = 'sha256-E6jQvrT2ZivWG9GJ4AAEZf4MhI7l3QkLroW4hgvUT4c=';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'lodestone-web-'));
});

afterAll(() => rm(root, { recursive: true }));

describe('inlineScriptHashes', () => {
  it.each([
    ['<script>start();</script>', [HASH_OF_START]],
    ['<SCRIPT type="module">start();</SCRIPT>', [HASH_OF_START]],
    ['<script src="/a.js"></script><script>start();</script>', [HASH_OF_START]],
    ['<script type="module" crossorigin src="/a.js"></script>', []],
    ['<title>none</title>', []],
  ])('finds in %s', async (page, hashes) => {
    await writeFile(path.join(root, 'index.html'), page);

    expect(inlineScriptHashes(root)).toEqual(hashes);
  });

  it('names none where no client is built', () => {
    expect(inlineScriptHashes(path.join(root, 'unbuilt'))).toEqual([]);
  });
});
