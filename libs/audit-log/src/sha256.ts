/**
 * SHA-256 that answers at once: the platform's own where it has one (a server hashes four times for every entry), else in
 * JavaScript. WebCrypto's is no help, since it answers later.
 */
import { sha256 as inJavaScript } from '@noble/hashes/sha2.js';

type Sha256 = (data: Uint8Array) => Uint8Array;

interface NodeCrypto {
  hash(algorithm: 'sha256', data: Uint8Array, encoding: 'buffer'): Uint8Array;
}

interface Platform {
  readonly process?: { getBuiltinModule?(name: 'node:crypto'): NodeCrypto };
}

function ofPlatform(): Sha256 | undefined {
  const crypto = (globalThis as Platform).process?.getBuiltinModule?.('node:crypto');
  if (crypto === undefined) return undefined;

  return (data) => new Uint8Array(crypto.hash('sha256', data, 'buffer'));
}

export const sha256: Sha256 = ofPlatform() ?? inJavaScript;
