/** What arrives is parsed at the edge. */
import { describe, expect, it } from 'vitest';
import { openMessage, presenceMessage, readMessage, updateMessage } from './messages.ts';

const open = { document: 'public/project', protocol: 1, device: 'a-device-id' };
const update = { document: 'public/project', update: new Uint8Array([0, 0]) };

describe('messages', () => {
  it('[SP1] are read without what this version does not know', () => {
    expect(openMessage.parse({ ...open, colour: 'green' })).toEqual(open);
    expect(updateMessage.parse({ ...update, colour: 'green' })).toEqual(update);
  });

  it('[SP1] need what the grammar does not leave out', () => {
    for (const missing of ['document', 'protocol', 'device']) {
      expect(openMessage.safeParse({ ...open, [missing]: undefined }).success).toBe(false);
    }
  });

  it('[SP2] hold raw bytes', () => {
    const buffer = Buffer.from([0, 0]);
    expect(updateMessage.parse({ ...update, update: buffer }).update).toBe(buffer);
    for (const wrong of ['AAA=', [0, 0], { 0: 0, 1: 0 }, new ArrayBuffer(2), null]) {
      expect(updateMessage.safeParse({ ...update, update: wrong }).success).toBe(false);
      expect(openMessage.safeParse({ ...open, stateVector: wrong }).success).toBe(false);
    }
  });

  it.each([
    ['short', false],
    ['eight-ch', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['has a space', false],
    ['日本語の識別子です', false],
  ])('[SP4] take %j as an id: %s', (id, taken) => {
    expect(openMessage.safeParse({ ...open, device: id }).success).toBe(taken);
    expect(updateMessage.safeParse({ ...update, edit: id }).success).toBe(taken);
  });

  it.each([
    [0, true],
    [2 ** 32 - 1, true],
    [2 ** 32, false],
    [-1, false],
    [1.5, false],
    ['7', false],
  ])('[SP4] take %j as a client id: %s', (clientId, taken) => {
    expect(openMessage.safeParse({ ...open, clientId }).success).toBe(taken);
  });

  it.each([
    [0, true],
    [Number.MAX_SAFE_INTEGER, true],
    [2 ** 53, false],
    [-1, false],
    [Number.NaN, false],
  ])('[SP4] take %j as a sequence: %s', (seq, taken) => {
    expect(readMessage.safeParse({ document: 'public/project', seq }).success).toBe(taken);
    expect(updateMessage.safeParse({ ...update, seen: seq }).success).toBe(taken);
  });

  it.each([
    [null, true],
    [{ record: 'a', field: 'name' }, true],
    [{ record: 'a'.repeat(65), field: 'name' }, false],
    [{ record: 'a', field: 'f'.repeat(65) }, false],
    [{ record: 'a' }, false],
    [undefined, false],
  ])('[SP6] take %j as a place: %s', (at, taken) => {
    const message = { document: 'public/project', at, editing: false };
    expect(presenceMessage.safeParse(message).success).toBe(taken);
  });
});
