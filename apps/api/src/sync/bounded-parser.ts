/**
 * The msgpack parser of Socket.IO behind a look at the bytes. The decoder makes room for what a length promises before it
 * reads: 25 bytes of nested arrays take 1.4 GB, and anybody who reaches the port can send them, signed in or not.
 */
import parser from 'socket.io-msgpack-parser';
import { EncodeOnce } from './encode-once.ts';

/** An update message has a dozen values; members that this version does not know are let pass, within reason. */
const mostValues = 1_024;
const deepest = 16;

/** Bytes that are no message; ends the connection. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** Throws where the bytes are not one msgpack value of a bounded number of parts, all of them there. */
export function checkMessage(message: unknown): asserts message is Uint8Array {
  if (!(message instanceof Uint8Array)) throw new MalformedMessage('text');
  const scan = new Scan(message);
  scan.value(0);
  if (scan.at !== message.length) throw new MalformedMessage('bytes after the end');
}

class Scan {
  at = 0;
  #values = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(depth: number): void {
    this.#values += 1;
    if (this.#values > mostValues || depth > deepest) throw new MalformedMessage('too many parts');
    const prefix = this.#number(1);
    if (prefix < 0x80 || prefix >= 0xe0) return;
    if (prefix < 0x90) this.#parts(2 * (prefix & 0x0f), depth);
    else if (prefix < 0xa0) this.#parts(prefix & 0x0f, depth);
    else if (prefix < 0xc0) this.#skip(prefix & 0x1f);
    else this.#longValue(prefix, depth);
  }

  #longValue(prefix: number, depth: number): void {
    switch (prefix) {
      case 0xc0:
      case 0xc2:
      case 0xc3:
        return;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        this.#skip(this.#number(1 << (prefix - 0xc4)));
        return;
      case 0xc7:
      case 0xc8:
      case 0xc9:
        this.#skip(this.#number(1 << (prefix - 0xc7)) + 1);
        return;
      case 0xca:
        this.#skip(4);
        return;
      case 0xcb:
        this.#skip(8);
        return;
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        this.#skip(1 << (prefix - 0xcc));
        return;
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        this.#skip(1 << (prefix - 0xd0));
        return;
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        this.#skip((1 << (prefix - 0xd4)) + 1);
        return;
      case 0xd9:
      case 0xda:
      case 0xdb:
        this.#skip(this.#number(1 << (prefix - 0xd9)));
        return;
      case 0xdc:
      case 0xdd:
        this.#parts(this.#number(2 << (prefix - 0xdc)), depth);
        return;
      case 0xde:
      case 0xdf:
        this.#parts(2 * this.#number(2 << (prefix - 0xde)), depth);
        return;
      default:
        throw new MalformedMessage('an unknown form');
    }
  }

  #parts(count: number, depth: number): void {
    // Each takes a byte at least.
    if (count > this.#bytes.length - this.at) throw new MalformedMessage('a promise');
    for (let left = count; left > 0; left -= 1) this.value(depth + 1);
  }

  #number(size: number): number {
    let number = 0;
    const start = this.at;
    this.#skip(size);
    for (let at = start; at < this.at; at += 1) number = number * 256 + (this.#bytes[at] ?? 0);

    return number;
  }

  #skip(size: number): void {
    if (size > this.#bytes.length - this.at) throw new MalformedMessage('a promise');
    this.at += size;
  }
}

class BoundedDecoder extends parser.Decoder {
  override add(message: unknown): void {
    checkMessage(message);
    super.add(message);
  }
}

export const boundedParser = { ...parser, Encoder: EncodeOnce, Decoder: BoundedDecoder };
