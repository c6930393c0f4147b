/** Bytes on their way through the codec. */
import { expect, it } from 'vitest';
import { fromWire, toWire } from './wire-bytes.ts';

const view = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4);

it('[PR72] leave Node as a Buffer of the view alone', () => {
  const wire = toWire(view);

  expect(Buffer.isBuffer(wire)).toBe(true);
  expect([...wire]).toEqual([1, 2, 3]);
});

it('[PR72] leave a browser as an ArrayBuffer of the view alone', () => {
  const wire: unknown = toWire(view, null);

  expect(wire).toBeInstanceOf(ArrayBuffer);
  expect([...new Uint8Array(wire as ArrayBuffer)]).toEqual([1, 2, 3]);
});

it('[PR72] arrive as a copy, from either form', () => {
  for (const received of [Buffer.from(view), view.slice().buffer]) {
    const bytes = fromWire(received);

    expect([...bytes]).toEqual([1, 2, 3]);
    expect(bytes.buffer.byteLength).toBe(3);
  }
});
