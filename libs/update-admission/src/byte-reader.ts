/** Reads lib0's encodings from bytes, never past their end, and refuses what an honest encoder does not write. */
import { decodeUtf8 } from 'lib0/string';
import { malformed } from './refusal.ts';

/** Up to this length a text is put together by hand, which is faster than a decoder call. */
const shortText = 24;

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw malformed('it ends too early');
    this.#at += 1;

    return byte;
  }

  /** A variable-length unsigned integer. */
  uint(): number {
    return this.#rest(0, 1, this.byte());
  }

  /** A variable-length integer: the first byte holds the sign and six bits. */
  int(): number {
    const first = this.byte();
    const size = first < 128 ? first & 63 : this.#rest(first & 63, 64, this.byte());
    if ((first & 64) === 0) return size;
    if (size === 0) throw malformed('a number is minus zero');

    return -size;
  }

  #rest(start: number, scale: number, byte: number): number {
    let sum = start;
    for (let factor = scale, next = byte; ; factor *= 128, next = this.byte()) {
      sum += (next & 127) * factor;
      if (sum > Number.MAX_SAFE_INTEGER) throw malformed('an integer is too large');
      if (next < 128) return sum;
    }
  }

  float(size: 4 | 8): number {
    const at = this.#take(size);
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, size);
    const number = size === 4 ? view.getFloat32(0) : view.getFloat64(0);
    if (!Number.isFinite(number) || Object.is(number, -0)) {
      throw malformed('a number is not finite or minus zero');
    }

    return number;
  }

  /** A text of at most so many bytes, in strict UTF-8: no lone surrogates. */
  text(mostBytes: number): string {
    const length = this.uint();
    if (length > mostBytes) throw malformed('a text is too long');
    const from = this.#take(length);

    return (length <= shortText ? this.#ascii(from) : undefined) ?? this.#utf8(from);
  }

  /** The bytes from there up to the present position as text; undefined where one of them is not ASCII. */
  #ascii(from: number): string | undefined {
    let text = '';
    for (let at = from; at < this.#at; at += 1) {
      const byte = this.#bytes[at] ?? 0;
      if (byte >= 128) return undefined;
      text += String.fromCharCode(byte);
    }

    return text;
  }

  #utf8(from: number): string {
    try {
      return decodeUtf8(this.#bytes.subarray(from, this.#at));
    } catch {
      throw malformed('a text is not UTF-8');
    }
  }

  /** Moves past so many bytes and returns where they begin. */
  #take(length: number): number {
    if (length > this.remaining) throw malformed('it ends too early');
    this.#at += length;

    return this.#at - length;
  }
}
