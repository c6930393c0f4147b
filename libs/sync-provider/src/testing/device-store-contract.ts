/** What every device store must do; each adapter's test runs it. */
import type { RecordId } from '@lodestone/document-model';
import { describe, expect, it } from 'vitest';
import type {
  DeviceStore,
  OutboxEntry,
  StoredChunk,
  StoredState,
} from '../device-store/device-store.ts';
import type { TrayItem } from '../tray-item.ts';
import { setTitle, sources } from './harness.ts';

/** @param open the same device each time it is called with the same name */
export function deviceStoreContract(open: (name: string) => Promise<DeviceStore>): void {
  let names = 0;
  const newStore = () => open(`store-${String(names++)}`);

  describe('the device store contract', () => {
    it('[PR40] keeps the device id that came first', async () => {
      const store = await newStore();

      expect(await store.device('one')).toBe('one');
      expect(await store.device('two')).toBe('one');
    });

    it('[PR41] gives back a document with the chunks of its generation', async () => {
      const store = await newStore();
      const chunks = [chunk('a', 1), chunk('b', 1), { ...chunk('c', 1), document: 'public/party' }];

      await store.apply([
        { change: 'put-state', state: state(1, 5), chunks: [] },
        ...chunks.map((one) => ({ change: 'put-chunk', chunk: one }) as const),
        { change: 'put-chunk', chunk: chunk('d', 2) },
      ]);

      const stored = await store.readDocument(sources);
      expect(stored?.state).toEqual(state(1, 5));
      expect(stored?.chunks.map((one) => one.id).toSorted()).toEqual(['a', 'b']);
      expect(stored?.chunks[0]?.update).toEqual(new Uint8Array([1, 2, 3]));
      expect(await store.readDocument('public/party')).toBeUndefined();
    });

    it('[PR42] replaces a state and the chunks it covers, never a newer one', async () => {
      const store = await newStore();
      await store.apply([
        { change: 'put-state', state: state(1, 5), chunks: [] },
        { change: 'put-chunk', chunk: chunk('a', 1) },
        { change: 'put-chunk', chunk: chunk('b', 1) },
      ]);

      await store.apply([{ change: 'put-state', state: state(1, 4), chunks: ['a', 'b'] }]);
      expect((await store.readDocument(sources))?.state.seq).toBe(5);
      expect((await store.readDocument(sources))?.chunks).toHaveLength(2);
      await store.apply([{ change: 'put-state', state: state(1, 6), chunks: ['a'] }]);
      expect((await store.readDocument(sources))?.chunks.map((one) => one.id)).toEqual(['b']);
      await store.apply([{ change: 'put-state', state: state(2, 1), chunks: [] }]);
      expect(await store.readDocument(sources)).toEqual({ state: state(2, 1), chunks: [] });
    });

    it('[PR43] drops a document with its chunks and leases, and nothing else', async () => {
      const store = await newStore();
      const lease = { document: sources, slot: 0, clientId: 7, generation: 1 };
      await store.apply([
        { change: 'put-state', state: state(1, 5), chunks: [] },
        { change: 'put-chunk', chunk: chunk('a', 1) },
        { change: 'put-lease', lease },
        { change: 'put-lease', lease: { ...lease, slot: 1 } },
        { change: 'put-lease', lease: { ...lease, document: 'public/party' } },
        { change: 'put-outbox', entry: entry('e', 0) },
      ]);
      expect(await store.readLease(sources, 0)).toEqual(lease);

      await store.apply([{ change: 'remove-lease', document: sources, slot: 1 }]);
      expect(await store.readLease(sources, 1)).toBeUndefined();
      await store.apply([{ change: 'drop-document', document: sources }]);

      expect(await store.readDocument(sources)).toBeUndefined();
      expect(await store.readLease(sources, 0)).toBeUndefined();
      expect(await store.readLease('public/party', 0)).toBeDefined();
      expect(await store.readOutbox()).toHaveLength(1);
    });

    it('[PR44] keeps outbox and tray in order, and moves an edit in one step', async () => {
      const store = await newStore();
      await store.apply([
        { change: 'put-outbox', entry: entry('second', 1) },
        { change: 'put-outbox', entry: entry('first', 0) },
      ]);
      expect((await store.readOutbox()).map((one) => one.edit)).toEqual(['first', 'second']);

      await store.apply([
        { change: 'put-tray', item: trayItem('first', 2) },
        { change: 'remove-outbox', edit: 'first' },
        { change: 'put-tray', item: trayItem('older', 1) },
      ]);

      expect(await store.readOutbox()).toEqual([entry('second', 1)]);
      expect((await store.readTray()).map((item) => item.edit)).toEqual(['older', 'first']);
      await store.apply([{ change: 'remove-tray', edit: 'older' }]);
      expect(await store.readTray()).toEqual([trayItem('first', 2)]);
    });

    it('[PR45] keeps the undo steps of each slot apart, oldest first', async () => {
      const store = await newStore();
      const step = (slot: number, id: number) => ({
        ...{ slot, id, undone: false },
        changes: [
          { document: sources, record: 'a' as RecordId, edit: 'e', part: 'record' } as const,
        ],
      });
      await store.apply([
        { change: 'put-undo', step: step(0, 2) },
        { change: 'put-undo', step: step(0, 1) },
        { change: 'put-undo', step: step(1, 3) },
        { change: 'put-undo', step: { ...step(0, 2), undone: true } },
      ]);

      const steps = await store.readUndo(0);
      expect(steps.map(({ id, undone }) => ({ id, undone }))).toEqual([
        { id: 1, undone: false },
        { id: 2, undone: true },
      ]);
      await store.apply([{ change: 'remove-undo', slot: 0, id: 1 }]);
      expect((await store.readUndo(0)).map(({ id }) => id)).toEqual([2]);
      expect(await store.readUndo(1)).toHaveLength(1);
    });
  });
}

function state(generation: number, seq: number): StoredState {
  return { document: sources, generation, seq, update: new Uint8Array([0, 0]) };
}

function chunk(id: string, generation: number): StoredChunk {
  return { document: sources, id, generation, update: new Uint8Array([1, 2, 3]) };
}

function entry(edit: string, order: number): OutboxEntry {
  return {
    ...{ edit, document: sources, slot: 0, order, group: 'g', intents: [setTitle('a', 'x')] },
    ...{
      seen: 1,
      at: 2,
      generation: 1,
      clientId: 3,
      clock: 4,
      until: 5,
      sent: true,
      uncertain: false,
    },
    update: new Uint8Array([9]),
  };
}

function trayItem(edit: string, at: number): TrayItem {
  return {
    ...{ edit, document: sources, group: 'g', intents: [setTitle('a', 'x')], at },
    code: 'access.denied',
    reason: { en: 'No.', ja: '不可。' },
  };
}
