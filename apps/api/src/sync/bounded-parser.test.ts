/** The bytes of a message: what clients write is read as before, and nothing is believed that is not there. */
import fc from 'fast-check';
import parser from 'socket.io-msgpack-parser';
import { describe, expect, it } from 'vitest';
import { boundedParser, checkMessage, MalformedMessage } from './bounded-parser.ts';

function decode(bytes: Uint8Array): unknown {
  const decoder = new boundedParser.Decoder();
  let decoded: unknown;
  decoder.on('decoded', (packet: unknown) => {
    decoded = packet;
  });
  decoder.add(bytes);

  return decoded;
}

function encode(packet: unknown): Buffer {
  const [bytes] = new parser.Encoder().encode(packet) as unknown as [Buffer];

  return bytes;
}

const value = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  fc.uint8Array({ maxLength: 70_000 }).map((bytes) => Buffer.from(bytes)),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.date({ noInvalidDate: true }),
);

describe('what clients write', () => {
  it('is let pass, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 4 }), (data) => {
        checkMessage(encode({ type: 2, nsp: '/sync', data: ['update', ...data], id: 7 }));
      }),
      { numRuns: 500 },
    );
  });

  it('reads as before', () => {
    const packet = {
      type: 2,
      nsp: '/sync',
      data: [
        'update',
        { document: 'allied/project', update: Buffer.alloc(262_144, 7), seen: 2 ** 52 },
      ],
      id: 7,
    };

    expect(decode(encode(packet))).toEqual(packet);
  });
});

const hugeArray = [0xdd, 0x01, 0xff, 0xff, 0xff];

describe('what nobody writes', () => {
  it.each([
    [
      'arrays of 32 million elements in each other',
      Uint8Array.from(Array(5).fill(hugeArray).flat()),
    ],
    ['an array buffer of 4 GB', Uint8Array.of(0xc9, 0xff, 0xff, 0xff, 0xff, 0)],
    ['a map of 4 billion', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
    ['a text longer than the message', Uint8Array.of(0xdb, 0x7f, 0xff, 0xff, 0xff, 0x41)],
    ['bytes longer than the message', Uint8Array.of(0xc6, 0, 0x10, 0, 0, 0x41)],
    ['a million arrays in each other', new Uint8Array(1_000_000).fill(0x91)],
    [
      'a million values',
      Uint8Array.from([0xdd, 0, 0x0f, 0x42, 0x40, ...new Uint8Array(1_000_000).fill(1)]),
    ],
    ['nothing', new Uint8Array()],
    ['a form that msgpack does not have', Uint8Array.of(0xc1)],
    ['bytes after the end', Uint8Array.of(0x01, 0x01)],
    ['text', '2["update"]'],
  ])('%s is refused at once, without room made for it', (_what, message) => {
    const before = process.memoryUsage();
    const begun = performance.now();

    expect(() => {
      decode(message as Uint8Array);
    }).toThrow(MalformedMessage);

    const { rss, arrayBuffers } = process.memoryUsage();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(rss - before.rss).toBeLessThan(64 * 1024 * 1024);
    expect(arrayBuffers - before.arrayBuffers).toBeLessThan(8 * 1024 * 1024);
  });

  it('of random bytes, all end in a packet or in an error, soon', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const begun = performance.now();
        try {
          decode(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(performance.now() - begun).toBeLessThan(2_000);
      }),
      { numRuns: 2_000 },
    );
  });
});
