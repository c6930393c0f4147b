import { sha256 as inJavaScript } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { expect, it } from 'vitest';
import { sha256 } from './sha256.ts';

it('[AL1] gives the published hash (FIPS 180-4), and what JavaScript gives for any length', () => {
  expect(bytesToHex(sha256(utf8ToBytes('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  for (let length = 0; length < 200; length += 1) {
    const data = new Uint8Array(length).fill(length);
    expect(sha256(data)).toEqual(inJavaScript(data));
  }
});
