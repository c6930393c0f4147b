/** No copy in the lock file of what has had an advisory is older than its repair, and what must not be there is not. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';

/** The oldest version that may be installed, and what it repairs. */
const floors = {
  // A length that is not held against the message copies a neighbour's bytes (CVE-2026-102360). yjs asks for ^0.2.99.
  lib0: '0.2.119',
  // Merging changed its input; undo; the order of events.
  yjs: '13.6.33',
  // Attachments without bound, and none (CVE-2026-33151, CVE-2026-69185).
  'socket.io-parser': '4.2.7',
  // A revision that does not fit ends the process (CVE-2026-102599).
  'engine.io': '6.6.10',
  // An `error` that nobody listens to (CVE-2024-38355).
  'socket.io': '4.8.4',
  // Tiny fragments; memory in a close frame (CVE-2026-48779, CVE-2026-45736).
  ws: '8.21.0',
  // Lines injected into server-sent events (CVE-2026-35515).
  '@nestjs/core': '11.1.18',
  // An object in the place of a value (CVE-2025-60542), `migration:generate` (CVE-2026-73651).
  typeorm: '1.1.0',
} as const;

/** Each has had advisories that our way of using Nest and Yjs would not be safe from. */
const unwanted = ['@nestjs/microservices', '@nestjs/platform-fastify', '@nestjs/websockets'];

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly dev?: boolean }>
  >;
}

let lock: Lock;

beforeAll(async () => {
  const file = new URL('../../../package-lock.json', import.meta.url);
  lock = JSON.parse(await readFile(file, 'utf8')) as Lock;
});

/** Every copy, nested ones too, as `path version`. */
function copiesOf(name: string): readonly (readonly [string, string])[] {
  return Object.entries(lock.packages)
    .filter(([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`))
    .map(([path, { version = '0.0.0' }]) => [path, version]);
}

/** Before a release comes its own pre-release. */
function isOlder(version: string, floor: string): boolean {
  const numbers = (text: string) => (text.split('-')[0] ?? '').split('.').map(Number);
  const [is, least] = [numbers(version), numbers(floor)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (is[at] ?? 0) - (least[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }

  return version.includes('-');
}

describe('the lock file', () => {
  it.each(Object.entries(floors))('has %s in no version before %s', (name, floor) => {
    const copies = copiesOf(name);

    expect(copies.length).toBeGreaterThan(0);
    expect(copies.filter(([, version]) => isOlder(version, floor))).toEqual([]);
  });

  it.each(unwanted)('does not have %s', (name) => {
    expect(copiesOf(name)).toEqual([]);
  });

  it('is compared number by number', () => {
    const older = ['0.2.118', '0.1.200', '0.2.119-rc.1', '0.2'].map((v) => isOlder(v, '0.2.119'));
    const newer = ['0.2.119', '0.2.1000', '0.10.0', '1.0.0-beta.1'].map((v) =>
      isOlder(v, '0.2.119'),
    );

    expect([older, newer]).toEqual([Array(4).fill(true), Array(4).fill(false)]);
  });
});
