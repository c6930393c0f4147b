/** The one word, and what it may not hide. */
import { describe, expect, it } from 'vitest';
import { statusOf, type StatusFacts } from './status.ts';

const calm: StatusFacts = {
  connection: 'connected',
  unavailable: false,
  unsent: 0,
  notAccepted: 0,
  device: 'kept',
};

describe('the status', () => {
  it.each<[string, Partial<StatusFacts>]>([
    ['saved', {}],
    ['saving', { unsent: 1, notAccepted: 1 }],
    ['saving', { unsent: 1, connection: 'connecting' }],
    ['not-accepted', { notAccepted: 2 }],
    ['offline', { connection: 'offline' }],
    ['offline', { connection: 'offline', unsent: 3, notAccepted: 1 }],
    ['blocked', { connection: 'blocked', unsent: 3 }],
    ['read-only', { unavailable: true, unsent: 1 }],
    ['signed-out', { connection: 'signed-out', unavailable: true }],
    ['outdated', { connection: 'outdated', unsent: 1 }],
  ])('[PR6] says %s for %j', (word, facts) => {
    const status = statusOf({ ...calm, ...facts });

    expect(status.word).toBe(word);
    expect(status.unsent).toBe(facts.unsent ?? 0);
    expect(status.notAccepted).toBe(facts.notAccepted ?? 0);
  });

  it('[PR6] says beside the word that the device keeps nothing', () => {
    expect(statusOf({ ...calm, device: 'failing' })).toMatchObject({
      word: 'saved',
      device: 'failing',
    });
  });
});
