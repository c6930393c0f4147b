/** Lets Socket.IO messages arrive twice, as a retrying middle would; for the conditions of a proxy. */
import type { Direction, Transform } from './conditions.ts';

const headersEnd = '\r\n\r\n';
const binaryFrame = 0x82;
/** A msgpack packet of Socket.IO that is an event: `{ type: 2, ... }`. */
const eventMark = Buffer.from([0xa4, ...Buffer.from('type'), 0x02]);

interface Frame {
  readonly length: number;
  readonly first: number;
  readonly payload: Buffer;
}

/** @param chance of each event, in either direction, to be repeated */
export function repeatMessages(chance: number): Transform {
  const streams: Record<Direction, FrameStream> = {
    'to-server': new FrameStream(chance),
    'to-client': new FrameStream(chance),
  };

  return (direction, bytes) => streams[direction].pass(bytes);
}

/** One direction of a WebSocket: the HTTP head passes as it is, then whole frames. */
class FrameStream {
  readonly #chance: number;
  #isOpen = false;
  #waiting = Buffer.alloc(0);

  constructor(chance: number) {
    this.#chance = chance;
  }

  pass(bytes: Buffer): Buffer {
    this.#waiting = Buffer.concat([this.#waiting, bytes]);
    const out: Buffer[] = [];
    if (!this.#isOpen) {
      const end = this.#waiting.indexOf(headersEnd);
      if (end < 0) return Buffer.alloc(0);
      out.push(this.#cut(end + headersEnd.length));
      this.#isOpen = true;
    }
    for (let frame = readFrame(this.#waiting); frame; frame = readFrame(this.#waiting)) {
      const whole = this.#cut(frame.length);
      out.push(whole);
      if (isEvent(frame) && Math.random() < this.#chance) out.push(whole);
    }

    return Buffer.concat(out);
  }

  #cut(length: number): Buffer {
    const head = this.#waiting.subarray(0, length);
    this.#waiting = this.#waiting.subarray(length);

    return head;
  }
}

/** RFC 6455, 5.2. Undefined while it is not whole. */
function readFrame(bytes: Buffer): Frame | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined) return undefined;
  const short = second & 0x7f;
  const sizeBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
  const isMasked = (second & 0x80) !== 0;
  const start = 2 + sizeBytes + (isMasked ? 4 : 0);
  if (bytes.length < start) return undefined;
  const size =
    sizeBytes === 2
      ? bytes.readUInt16BE(2)
      : sizeBytes === 8
        ? Number(bytes.readBigUInt64BE(2))
        : short;
  if (bytes.length < start + size) return undefined;
  const payload = Buffer.from(bytes.subarray(start, start + size));
  if (isMasked) {
    const mask = bytes.subarray(start - 4, start);
    for (let index = 0; index < payload.length; index++)
      payload[index] = (payload[index] as number) ^ (mask[index % 4] as number);
  }

  return { length: start + size, first, payload };
}

/** Repeating a handshake would be another fault than a repeated message. */
function isEvent({ first, payload }: Frame): boolean {
  return first === binaryFrame && payload.includes(eventMark);
}
