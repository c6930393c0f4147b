/** Random names: edits, chunks, groups and devices are named by 128 bits, so that two never meet. */
import { toBase64UrlEncoded } from 'lib0/buffer';

/** So many random bytes; `crypto.getRandomValues` in every browser and in Node. */
export type Random = (bytes: number) => Uint8Array;

export function webRandom(bytes: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

export function newId(random: Random): string {
  return toBase64UrlEncoded(random(16));
}

/** A 32-bit client id for edits that wait for a lease; such an id never reaches the server. */
export function newProvisionalId(random: Random): number {
  return random(4).reduce((id, byte) => id * 256 + byte, 0);
}

/** A number from 0 up to 1, for spreading reconnections. */
export function newFraction(random: Random): number {
  return newProvisionalId(random) / 2 ** 32;
}
