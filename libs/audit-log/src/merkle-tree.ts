/**
 * The Merkle tree of RFC 6962, kept as its frontier: the roots of the complete subtrees it consists of, largest first.
 * Appending costs O(log n) hashes and needs nothing but the frontier and the size.
 */
import { gather } from './gather.ts';
import { sha256 } from './sha256.ts';

export type Hash = Uint8Array;

const hashLength = 32;
const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** RFC 6962, section 2.1: `SHA-256(0x00 || data)`, where the data is these parts together, texts as UTF-8. */
export function leafHash(data: readonly (Uint8Array | string)[]): Hash {
  return sha256(gather([leafPrefix, ...data]));
}

/** RFC 6962, section 2.1: `SHA-256(0x01 || left || right)`. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(gather([nodePrefix, left, right]));
}

/** The frontier of a tree of `size` leaves after one more leaf. */
export function appendLeaf(frontier: readonly Hash[], size: number, leaf: Hash): readonly Hash[] {
  const next = [...frontier];
  let hash = leaf;
  for (let rest = size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = next.pop();
    if (left === undefined)
      throw new RangeError(`the frontier does not belong to ${String(size)} leaves`);
    hash = nodeHash(left, hash);
  }
  next.push(hash);

  return next;
}

/** The root hash; that of the empty tree is the hash of nothing. */
export function rootHash(frontier: readonly Hash[]): Hash {
  const [last, ...rest] = frontier.toReversed();
  if (last === undefined) return sha256(new Uint8Array());

  return rest.reduce((right, left) => nodeHash(left, right), last);
}

export function encodeFrontier(frontier: readonly Hash[]): Uint8Array {
  return concatenate(frontier);
}

/** @throws RangeError where the bytes are no whole number of hashes. */
export function decodeFrontier(bytes: Uint8Array): readonly Hash[] {
  if (bytes.length % hashLength !== 0)
    throw new RangeError('a frontier is a list of 32-byte hashes');

  return Array.from({ length: bytes.length / hashLength }, (_, index) =>
    bytes.slice(index * hashLength, (index + 1) * hashLength),
  );
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }

  return whole;
}
