/** One tab, one slot; one slot, one client id. */
import { describe, expect, it } from 'vitest';
import { MemoryDeviceStore } from './device-store/memory-device-store.ts';
import type { OutboxEntry } from './device-store/device-store.ts';
import {
  adoptOutboxes,
  InProcessSlotLocks,
  takeSlot,
  WebSlotLocks,
  type SlotLocks,
} from './slot.ts';
import { setTitle, sources } from './testing/harness.ts';

const entry = (edit: string, slot: number, order: number): OutboxEntry => ({
  ...{ edit, document: sources, slot, order, group: edit, intents: [setTitle('a', edit)] },
  ...{ seen: 0, at: 0, generation: 1, clientId: slot, clock: 0, until: 1, uncertain: false },
  sent: edit !== 'dead 2',
  update: new Uint8Array(),
});

describe.each<[string, () => SlotLocks]>([
  ['in-process locks', () => new InProcessSlotLocks()],
  ['web locks', () => new WebSlotLocks()],
])('slots with %s', (name, newLocks) => {
  const newStore = () => new MemoryDeviceStore(`${name} ${String(Math.random())}`);

  it('[PR65] gives each tab the lowest slot that nobody holds', async () => {
    const [locks, store] = [newLocks(), newStore()];
    const first = await takeSlot(store, locks);
    const second = await takeSlot(store, locks);
    expect([first.slot, second.slot]).toEqual([0, 1]);

    first.release();
    await Promise.resolve();
    const third = await takeSlot(store, locks);

    expect(third.slot).toBe(0);
    second.release();
    third.release();
  });

  it('[PR66] adopts the outboxes that nobody holds, behind what is there, and gives up their leases', async () => {
    const [locks, store] = [newLocks(), newStore()];
    const [own, alive] = [await takeSlot(store, locks), await takeSlot(store, locks)];
    const lease = (slot: number) => ({ document: sources, slot, clientId: slot, generation: 1 });
    await store.apply([
      ...[lease(1), lease(2)].map((one) => ({ change: 'put-lease', lease: one }) as const),
      ...[
        entry('own', 0, 4),
        entry('alive', 1, 0),
        entry('dead 1', 2, 0),
        entry('dead 2', 2, 1),
      ].map((one) => ({ change: 'put-outbox', entry: one }) as const),
    ]);

    await adoptOutboxes(own.slot, store, locks);

    const outbox = await store.readOutbox();
    expect(outbox.filter(({ slot }) => slot === 0)).toMatchObject([
      { edit: 'own', order: 4, uncertain: false },
      { edit: 'dead 1', order: 5, uncertain: true },
      { edit: 'dead 2', order: 6, uncertain: false },
    ]);
    expect(outbox.filter(({ slot }) => slot === 1)).toEqual([entry('alive', 1, 0)]);
    expect(await store.readLease(sources, 1)).toEqual(lease(1));
    expect(await store.readLease(sources, 2)).toBeUndefined();
    own.release();
    alive.release();
  });
});
