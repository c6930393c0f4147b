/** The device store of browsers, over an IndexedDB in memory. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { deviceStoreContract } from '../testing/device-store-contract.ts';
import { sources } from '../testing/harness.ts';
import { IndexedDbDeviceStore } from './indexed-db-device-store.ts';

deviceStoreContract((name) => IndexedDbDeviceStore.open(name));

it('[PR46] has everything again when it is opened again', async () => {
  const lease = { document: sources, slot: 1, clientId: 7, generation: 2 };
  const before = await IndexedDbDeviceStore.open('again');
  await before.apply([{ change: 'put-lease', lease }]);
  before.close();

  const after = await IndexedDbDeviceStore.open('again');

  expect(await after.readLease(sources, 1)).toEqual(lease);
});

it('[PR47] makes none of the changes where one of them fails', async () => {
  const store = await IndexedDbDeviceStore.open('atomic');
  const lease = { document: sources, slot: 1, clientId: 7, generation: 2 };
  const unwritable = { ...lease, clientId: (() => 7) as unknown as number };

  const applied = store.apply([
    { change: 'put-lease', lease },
    { change: 'put-lease', lease: unwritable },
  ]);

  await expect(applied).rejects.toThrow();
  expect(await store.readLease(sources, 1)).toBeUndefined();
});
