/** When a document counts as worn. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isWorn, measureWear } from './generation-wear.ts';

function documentOf(writes: readonly (readonly [client: number, key: string])[]): Y.Doc {
  const document = new Y.Doc();
  for (const [at, [client, key]] of writes.entries()) {
    document.clientID = client;
    document.getMap('project').set(key, at);
  }

  return document;
}

function wearOf(document: Y.Doc) {
  return measureWear(document, document.getMap('project'));
}

describe('the wear of a document', () => {
  it('is what is stored and no longer read, and everybody who has ever written', () => {
    expect(wearOf(new Y.Doc())).toEqual({ overwritten: 0, clientIds: 0 });
    expect(
      wearOf(
        documentOf([
          [2, 'r'],
          [2, 's'],
          [3, 'r/notes'],
        ]),
      ),
    ).toEqual({
      ...{ overwritten: 0, clientIds: 2 },
    });
    const overwritten = documentOf([
      [2, 'r'],
      [3, 'r/notes'],
      [4, 'r/notes'],
      [3, 'r/notes'],
    ]);
    expect(wearOf(overwritten)).toEqual({ overwritten: 2, clientIds: 3 });
  });

  it('does not grow where one client overwrites a cell again and again, which costs nothing', () => {
    const writes = Array.from({ length: 1_000 }, () => [2, 'r/notes'] as const);

    expect(wearOf(documentOf(writes)).overwritten).toBeLessThan(3);
  });
});

describe('a worn document', () => {
  const limits = { overwritten: 100, clientIds: 10, measureEvery: 1 };

  it.each([
    ['neither is past its limit', { overwritten: 100, clientIds: 10 }, 50, false],
    ['too much is overwritten', { overwritten: 101, clientIds: 1 }, 50, true],
    ['too many have written', { overwritten: 0, clientIds: 11 }, 50, true],
    ['less is overwritten than is read', { overwritten: 101, clientIds: 1 }, 101, false],
  ])('is one where %s: %o of %i keys: %s', (_why, wear, keys, expected) => {
    expect(isWorn(wear, keys, limits)).toBe(expected);
  });
});
