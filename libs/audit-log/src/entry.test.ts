import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import { canonicalForm } from './canonical-form.ts';
import { entryLeaf, payloadHash, type EntryMeta, type EntryPayload } from './entry.ts';
import { leafHash } from './merkle-tree.ts';

const meta: EntryMeta = {
  version: 1,
  log: 'allied',
  seq: 7,
  action: 'record.updated',
  outcome: 'admitted',
  recordedAt: '2026-11-23T05:00:00.000Z',
  actor: 'f5a2b7e0-0000-4000-8000-000000000001',
  party: 'USA',
  roles: ['editor'],
  session: 'a1b2',
  document: 'allied/project',
  generation: 1,
  edit: 'abcdefgh',
  clientId: 12,
  clock: 3,
  seen: null,
  accessVersion: 1,
  schemaVersion: 1,
};

const payload: EntryPayload = {
  salt: new Uint8Array(16).fill(9),
  update: Uint8Array.of(1, 2, 3),
  changes: [{ record: 'nolans', field: 'name', old: null, new: 'Nolans' }],
};

describe('canonicalForm', () => {
  it('[AL4] sorts keys by UTF-16 units and writes no white space', () => {
    expect(canonicalForm({ b: 1, a: [true, null, 'é"'], '\u20ac': { z: 1e21, y: -1.5 } })).toBe(
      '{"a":[true,null,"é\\""],"b":1,"€":{"y":-1.5,"z":1e+21}}',
    );
  });

  it('[AL4] refuses what JSON cannot hold', () => {
    expect(() => canonicalForm(Number.NaN)).toThrow(TypeError);
  });
});

describe('entryLeaf', () => {
  it('[AL4] hashes the canonical form of the entry', () => {
    const form = utf8ToBytes(canonicalForm({ ...meta }));

    expect(entryLeaf(meta, payload)).toEqual(leafHash([form, payloadHash(payload)]));
  });

  it('[AL5] changes with every field of the entry and every byte of the payload', () => {
    const leaf = entryLeaf(meta, payload);
    const others = [
      ...Object.entries(meta).map(([key, value]) =>
        entryLeaf(
          { ...meta, [key]: typeof value === 'number' ? value + 1 : `${String(value)}x` },
          payload,
        ),
      ),
      entryLeaf(meta, { ...payload, salt: new Uint8Array(16) }),
      entryLeaf(meta, { ...payload, update: Uint8Array.of(1, 2) }),
      entryLeaf(meta, { ...payload, changes: [] }),
    ];

    expect(others.map((other) => other.join())).not.toContain(leaf.join());
    expect(entryLeaf({ ...meta }, { ...payload })).toEqual(leaf);
  });

  it('[AL6] does not let bytes move between update and changes', () => {
    const empty = payloadHash({ salt: payload.salt, update: null, changes: 'x' });

    expect(
      payloadHash({ salt: payload.salt, update: Uint8Array.of(34, 120, 34), changes: '' }),
    ).not.toEqual(empty);
  });
});
