/** The best device store that this browser offers. */
import type { DeviceStore } from './device-store.ts';
import { IndexedDbDeviceStore } from './indexed-db-device-store.ts';
import { MemoryDeviceStore } from './memory-device-store.ts';

/**
 * Without Web Locks (a page that came over plain HTTP) two tabs could write under one client id, so each gets a memory
 * of its own; so does a browser that refuses storage. The status then says `device: 'memory'`.
 */
export async function openDeviceStore(name: string): Promise<DeviceStore> {
  const { locks } = navigator as { readonly locks?: LockManager };
  if (typeof indexedDB === 'undefined' || locks === undefined) return new MemoryDeviceStore(name);
  try {
    return await IndexedDbDeviceStore.open(name);
  } catch {
    return new MemoryDeviceStore(name);
  }
}
