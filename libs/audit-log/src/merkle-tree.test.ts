import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import {
  appendLeaf,
  decodeFrontier,
  encodeFrontier,
  leafHash,
  nodeHash,
  rootHash,
  type Hash,
} from './merkle-tree.ts';

/** The inputs and roots of the reference implementation of RFC 6962. */
const inputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function frontierOf(leaves: readonly Hash[]): readonly Hash[] {
  return leaves.reduce<readonly Hash[]>(
    (frontier, leaf, size) => appendLeaf(frontier, size, leaf),
    [],
  );
}

describe('the Merkle tree', () => {
  it('[AL1] has the published roots of RFC 6962 for one to eight leaves', () => {
    const leaves = inputs.map((input) => leafHash([hexToBytes(input)]));

    const found = leaves.map((_, index) =>
      bytesToHex(rootHash(frontierOf(leaves.slice(0, index + 1)))),
    );

    expect(found).toEqual(roots);
  });

  it('[AL1] has the hash of nothing as the root of the empty tree', () => {
    expect(bytesToHex(rootHash([]))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('[AL2] has the root that the recursive definition gives, for any size', () => {
    const split = (count: number) => 2 ** Math.ceil(Math.log2(count) - 1);
    const recursive = (leaves: readonly Hash[]): Hash =>
      leaves.length === 1
        ? (leaves[0] as Hash)
        : nodeHash(
            recursive(leaves.slice(0, split(leaves.length))),
            recursive(leaves.slice(split(leaves.length))),
          );
    for (let size = 1; size <= 70; size++) {
      const leaves = Array.from({ length: size }, (_, index) => leafHash([Uint8Array.of(index)]));

      expect(rootHash(frontierOf(leaves))).toEqual(recursive(leaves));
    }
  });

  it('[AL3] keeps its frontier through bytes', () => {
    const frontier = frontierOf(inputs.slice(0, 7).map((input) => leafHash([hexToBytes(input)])));

    expect(decodeFrontier(encodeFrontier(frontier))).toEqual(frontier);
    expect(() => decodeFrontier(new Uint8Array(33))).toThrow(RangeError);
    expect(() => appendLeaf([], 1, new Uint8Array(32))).toThrow(RangeError);
  });
});
