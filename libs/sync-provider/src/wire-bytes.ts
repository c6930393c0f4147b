/**
 * Bytes as the msgpack parser wants them. Its Node build writes raw bytes only for a Buffer (any other view goes out as
 * its whole ArrayBuffer), its browser build only for an ArrayBuffer (a view goes out as an object of numbers).
 */
interface BufferMaker {
  from(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array;
}

const nodeBuffer = (globalThis as { readonly Buffer?: BufferMaker }).Buffer ?? null;

/**
 * The same bytes, in the form that leaves as raw bytes; typed as what the other end reads.
 * @param buffer Node's Buffer, or null in a browser
 */
export function toWire(bytes: Uint8Array, buffer: BufferMaker | null = nodeBuffer): Uint8Array {
  if (buffer !== null) return buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  return bytes.slice().buffer as unknown as Uint8Array;
}

/** A copy of received bytes: a view would keep its whole frame alive, in memory and on the device. */
export function fromWire(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(bytes instanceof ArrayBuffer ? bytes.slice(0) : bytes);
}
