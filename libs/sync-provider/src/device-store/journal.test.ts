/** Writing behind the screen, also to a device that is full. */
import { describe, expect, it } from 'vitest';
import { webRandom } from '../random-ids.ts';
import { sources } from '../testing/harness.ts';
import type { DeviceChange } from './device-store.ts';
import { Journal } from './journal.ts';
import { MemoryDeviceStore } from './memory-device-store.ts';

class FullDeviceStore extends MemoryDeviceStore {
  isFull = false;
  readonly batches: (readonly DeviceChange[])[] = [];

  override apply(changes: readonly DeviceChange[]): Promise<void> {
    if (this.isFull) return Promise.reject(new DOMException('full', 'QuotaExceededError'));
    this.batches.push(changes);

    return super.apply(changes);
  }
}

const lease = (clientId: number): DeviceChange => ({
  change: 'put-lease',
  lease: { document: sources, slot: clientId, clientId, generation: 1 },
});

const chunk: DeviceChange = {
  change: 'put-chunk',
  chunk: { document: sources, id: 'c', generation: 1, update: new Uint8Array() },
};

describe('the journal', () => {
  it('[PR50] writes in order, and what came together in one transaction', async () => {
    const store = new FullDeviceStore();
    const journal = new Journal(store, webRandom);

    void journal.write([lease(1)]);
    void journal.write([lease(2), lease(3)]);
    await journal.flush();
    await journal.write([lease(4)]);

    expect(store.batches).toEqual([[lease(1), lease(2), lease(3)], [lease(4)]]);
  });

  it('[PR51] says when the device takes no more, keeps what cannot be had again, and writes it later', async () => {
    const store = new FullDeviceStore();
    const journal = new Journal(store, webRandom);
    const healths: string[] = [];
    journal.onHealth((health) => healths.push(health));
    store.isFull = true;

    await journal.write([lease(1), chunk]);
    expect(journal.health).toBe('failing');
    store.isFull = false;
    await journal.write([lease(2)]);

    expect(store.batches).toEqual([[lease(1), lease(2)]]);
    expect(healths).toEqual(['failing', 'memory']);
    journal.close();
  });

  it('[PR50] takes a write that comes while the last one ends', async () => {
    const store = new FullDeviceStore();
    const journal = new Journal(store, webRandom);

    for (let i = 0; i < 50; i++) {
      const written = journal.write([lease(i)]);
      for (let step = 0; step < i % 7; step++) await Promise.resolve();
      void written;
    }
    await journal.write([lease(99)]);

    expect(store.batches.flat()).toHaveLength(51);
  });
});
