/** Bytes that no client of ours writes: each is refused before Yjs sees it, and says what is wrong. */
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { craft, type CraftedItem, type CraftedUpdate } from './testing/crafted-update.ts';
import { openWorkspace } from './testing/workspace.ts';

/** Why an update of client 3 is refused, in a document whose record r1 is item 0 of client 2. */
function whyMalformed(update: Uint8Array | CraftedUpdate): string {
  const { workspace } = openWorkspace();
  const bytes = update instanceof Uint8Array ? update : craft({ clientId: 3, ...update });
  const { code, english, cells } = workspace.refusal(bytes, 3);
  expect({ code, cells }).toEqual({ code: 'update.malformed', cells: [] });

  return english;
}

function whyItem(item: CraftedItem): string {
  return whyMalformed({ items: [item] });
}

function whyValue(write: (encoder: encoding.Encoder) => void): string {
  return whyItem({
    key: 'r1/name',
    content: (encoder) => {
      encoding.writeVarUint(encoder, 1);
      write(encoder);
    },
  });
}

const good: CraftedItem = { key: 'r1/name', value: 'Two' };

it('[UA2] the crafting tool writes updates that are admitted, so that a refusal is about the fault alone', () => {
  const { workspace, editor } = openWorkspace();
  const crafted = craft({ clientId: 3, items: [good] });
  expect(crafted).toEqual(editor.set('r1/name', 'Two'));
  expect(workspace.admit(crafted, 3)).toHaveLength(1);
});

describe('the update as a whole', () => {
  it('[UA1] is too large above 256 KiB, whatever it holds', () => {
    const { workspace } = openWorkspace();
    const { code } = workspace.refusal(new Uint8Array(limits.updateBytes + 1), 3);
    expect(code).toBe('update.too-large');
    expect(whyMalformed(new Uint8Array(limits.updateBytes))).toContain('bytes follow its end');
  });

  it('[UA2] is refused at every length but its own', () => {
    const bytes = craft({ clientId: 3, items: [good], deletes: [[2, [0, 1]]] });
    for (let length = 0; length < bytes.length; length += 1) {
      expect(whyMalformed(bytes.subarray(0, length))).toMatch(/ends too early|number of/);
    }
    expect(whyMalformed({ items: [good], trailing: Uint8Array.of(0) })).toContain('follow its end');
  });

  it('[UA2] reads no byte beyond its own part of a larger buffer', () => {
    const secret = craft({ clientId: 3, items: [good] });
    const pooled = new Uint8Array(64).fill(65);
    pooled.set(secret.subarray(0, -4), 8);
    expect(whyMalformed(pooled.subarray(8, 8 + secret.length - 4))).toContain('ends too early');
  });

  it.each([2 ** 20, 2 ** 40, Number.MAX_SAFE_INTEGER])(
    '[UA2] allocates nothing for a false number of items: %d',
    (count) => {
      expect(whyMalformed({ count, items: [good] })).toContain('number of items');
    },
  );

  it('[UA2] refuses an empty section, integers beyond 2^53 and endless ones', () => {
    expect(whyMalformed({ count: 0 })).toContain('number of items');
    const endless = new Uint8Array(40).fill(255);
    expect(whyMalformed(endless)).toContain('an integer is too large');
  });

  it('[UA2] refuses the v2 encoding, bombs too', () => {
    const { editor } = openWorkspace();
    let v2: Uint8Array = new Uint8Array();
    editor.document.on('updateV2', (update) => (v2 = update));
    editor.set('r1/name', 'Two');
    expect(v2.length).toBeGreaterThan(0);
    whyMalformed(v2);
  });

  it('[UA4] has one author, also where a second section repeats the first', () => {
    const one = craft({ clientId: 3, items: [good] }).subarray(1, -1);
    const two = Uint8Array.from([2, ...one, ...one, 0]);
    expect(whyMalformed(two)).toContain('more than one author');
  });

  it('[UA4] bears the client id leased to its session', () => {
    const { workspace, founder } = openWorkspace();
    for (const update of [founder.set('r1/name', 'Two'), craft({ clientId: 9, items: [good] })]) {
      expect(workspace.refusal(update, 3).code).toBe('client-id.foreign');
    }
  });
});

describe('an item', () => {
  it.each([
    ['GC', 0],
    ['ContentJSON', 2],
    ['ContentBinary', 3],
    ['ContentString', 4],
    ['ContentEmbed', 5],
    ['ContentFormat', 6],
    ['ContentType', 7],
    ['ContentDoc', 9],
    ['Skip', 10],
    ['no known kind', 31],
  ])('[UA5] of content %s is refused', (_name, kind) => {
    expect(whyItem({ ...good, info: kind | 32 })).toContain('neither a value nor a tombstone');
    expect(whyItem({ origin: [2, 0], info: kind | 128, value: 1 })).toContain('neither a value');
  });

  it('[UA5] names no right neighbour', () => {
    expect(whyItem({ rightOrigin: [2, 0], value: 'x' })).toContain('right neighbour');
    expect(whyItem({ origin: [2, 0], rightOrigin: [2, 0], value: 'x' })).toContain('right neighbo');
  });

  it('[UA5] stands under a key of the root map of this register', () => {
    expect(whyItem({ ...good, root: 'project' })).toContain('another register');
    expect(whyItem({ ...good, root: '__proto__' })).toContain('another register');
    expect(whyItem({ value: 'in a list of the root' })).toContain('not in the root map');
    // A parent given by the id of an item: 0 instead of 1 before it.
    const nested = Uint8Array.from([1, 1, 3, 0, 8 | 32, 0, 2, 0, 1, 97, 1, 126, 0]);
    expect(whyMalformed(nested)).toContain('not in the root map');
  });

  it('[UA5] holds exactly one value', () => {
    for (const values of [0, 2]) {
      const why = whyItem({
        key: 'r1/name',
        content: (encoder) => {
          encoding.writeVarUint(encoder, values);
          for (let left = values; left > 0; left -= 1) encoding.writeAny(encoder, 'x');
        },
      });
      expect(why).toContain('exactly one value');
    }
  });

  it('[UA5] is no tombstone of length zero, nor one that burns the clock', () => {
    expect(whyItem({ key: 'r1/name', tombstone: 0 })).toContain('length of a tombstone');
    expect(whyItem({ key: 'r1/name', tombstone: 2 ** 40 })).toContain('length of a tombstone');
    const long = { key: 'r1/name', tombstone: limits.clocks };
    expect(
      whyMalformed({ items: [long, { origin: [3, limits.clocks - 1], value: 'x' }] }),
    ).toContain('clocks go too far');
  });

  it('[UA5] has a key of at most 200 bytes without U+0000', () => {
    expect(whyItem({ key: `r1/${'n'.repeat(198)}`, value: 'x' })).toContain('too long');
    expect(whyItem({ key: 'r1/na\0me', value: 'x' })).toContain('a key is not allowed');
  });
});

describe('a value', () => {
  it.each([
    ['undefined', undefined],
    ['a bigint', 10n],
    ['bytes', Uint8Array.of(1)],
  ])('[UA3] is not %s', (_name, value) => {
    expect(whyItem({ key: 'r1/name', value })).toContain('a value is not JSON');
    expect(whyItem({ key: 'r1/name', value: { deep: [value] } })).toContain('not JSON');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0])(
    '[UA3] is not the number %d, in any of the number encodings',
    (value) => {
      expect(whyItem({ key: 'r1/days', value })).toMatch(/minus zero|not finite/);
      for (const [type, write] of [
        [124, encoding.writeFloat32],
        [123, encoding.writeFloat64],
      ] as const) {
        const why = whyValue((encoder) => {
          encoding.writeUint8(encoder, type);
          write(encoder, value);
        });
        expect(why).toContain('not finite or minus zero');
      }
    },
  );

  it('[UA3] reads every number and text that Yjs writes as Yjs reads it', () => {
    const { workspace, editor } = openWorkspace();
    const numbers = [0, 1, 63, 64, 127, 128, 2 ** 31, 2 ** 40, 2 ** 53, 0.5, 0.1, 1e300, 5e-324];
    for (const value of numbers) {
      const [change] = workspace.admit(editor.set('r1/days', value), 3);
      expect(change?.new).toBe(value);
      expect(workspace.cells.get('r1/days')).toBe(value);
    }
    for (const value of [
      '',
      'é',
      '重要鉱物',
      '\u{feff}x',
      '🧲',
      'x'.repeat(24),
      'x'.repeat(9000),
    ]) {
      const [change] = workspace.admit(editor.set('r1/notes', value), 3);
      expect(change?.new).toBe(value);
    }
  });

  it.each(['__proto__', 'constructor', 'prototype', 'a\0b'])('[UA3] has no key %j', (key) => {
    const why = whyValue((encoder) => {
      encoding.writeUint8(encoder, 118);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, key);
      encoding.writeAny(encoder, { isAdmin: true });
    });
    expect(why).toContain('a key is not allowed');
  });

  it('[UA3] holds no lone surrogate and no other broken UTF-8', () => {
    for (const bytes of [[0xed, 0xa0, 0x80], [0xc0, 0x80], [0xff], [0xe3, 0x81]]) {
      const why = whyValue((encoder) => {
        encoding.writeUint8(encoder, 119);
        encoding.writeVarUint8Array(encoder, Uint8Array.from(bytes));
      });
      expect(why).toContain('not UTF-8');
    }
  });

  it('[UA3] is bounded in depth and in size', () => {
    expect(whyItem({ key: 'r1/place', value: [[[[[1]]]]] })).toContain('too large');
    expect(whyItem({ key: 'r1/place', value: Array(limits.valueNodes).fill(1) })).toContain(
      'too large',
    );
    const nested = whyValue((encoder) => {
      for (let depth = 0; depth < 20_000; depth += 1) {
        encoding.writeUint8(encoder, 117);
        encoding.writeVarUint(encoder, 1);
      }
    });
    expect(nested).toContain('too large');
    const promised = whyValue((encoder) => {
      encoding.writeUint8(encoder, 117);
      encoding.writeVarUint(encoder, 2 ** 40);
    });
    expect(promised).toContain('too large');
  });
});

describe('delete ranges', () => {
  it('[UA2] are in order, apart, not empty, and given once for each client', () => {
    const why = (...deletes: NonNullable<CraftedUpdate['deletes']>) =>
      whyMalformed({ items: [good], deletes });
    expect(why([2, [0, 0]])).toContain('not in order');
    expect(why([2, [5, 2], [6, 2]])).toContain('not in order');
    expect(why([2, [5, 2], [0, 2]])).toContain('not in order');
    expect(why([2, [0, Number.MAX_SAFE_INTEGER], [2, 1]])).toContain('not in order');
    expect(why([2, [1, Number.MAX_SAFE_INTEGER]])).toContain('not in order');
    expect(why([2])).toContain('number of deletes');
    expect(why([2, [0, 1]], [2, [0, 1]])).toContain('names a client twice');
  });

  it('[UA2] are bounded in number', () => {
    const ranges = Array.from({ length: limits.deleteRanges + 1 }, (_, at) => [at * 2, 1] as const);
    expect(whyMalformed({ items: [good], deletes: [[2, ...ranges]] })).toContain(
      'too many deletes',
    );
  });
});
