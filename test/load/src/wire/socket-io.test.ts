/** The type of a packet is read without decoding it, whatever order its keys have. */
import { describe, expect, it } from 'vitest';
import { decodeEvent, encodePacket, packetTypeOf } from './socket-io.ts';

describe('packetTypeOf', () => {
  it.each([
    ['an event', { type: 2, data: ['update', { seq: 1 }], nsp: '/sync' }, 2],
    [
      'an acknowledgement',
      { type: 3, data: [{ status: 'committed' }], nsp: '/sync', id: 70_000 },
      3,
    ],
    ['an acknowledgement, as the server writes it', { id: 5, type: 3, data: [], nsp: '/sync' }, 3],
    ['a refusal, its keys in another order', { nsp: '/sync', type: 4, data: { message: 'no' } }, 4],
  ])('of %s', (_, packet, type) => {
    expect(packetTypeOf(encodePacket(packet))).toBe(type);
  });
});

describe('decodeEvent', () => {
  it('gives bytes as bytes', () => {
    const update = Buffer.from([1, 0, 255]);
    const frame = encodePacket({ type: 2, data: ['update', { update }], nsp: '/sync' });

    expect(decodeEvent(frame)).toEqual({ event: 'update', body: { update } });
  });
});
