/** What the tests of this library have in common: people with devices, and waiting for what must come. */
import type { Intent, RecordId } from '@lodestone/document-model';
import {
  createWorkspaceClient,
  type WorkspaceClient,
  type WorkspaceClientOptions,
} from '../client.ts';
import type { DeviceChange } from '../device-store/device-store.ts';
import { MemoryDeviceStore } from '../device-store/memory-device-store.ts';
import type { Release, SlotLocks } from '../slot.ts';
import type { WorkspaceServer } from './workspace-server.ts';

export const sources = 'public/source';

/** Waits for what must come; fails with its name where it does not. */
export async function until(what: string, holds: () => boolean, timeoutMs = 8_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`did not come: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Locks whose holders can be made to vanish, as a tab does. */
class TestLocks implements SlotLocks {
  readonly held = new Set<string>();

  tryHold(name: string): Promise<Release | undefined> {
    if (this.held.has(name)) return Promise.resolve(undefined);
    this.held.add(name);

    return Promise.resolve(() => this.held.delete(name));
  }
}

export interface Device {
  readonly store: MemoryDeviceStore;
  readonly locks: TestLocks;
}

export function newDevice(): Device {
  return { store: new MemoryDeviceStore(), locks: new TestLocks() };
}

/** What a copied profile is: the same device id, leases and outboxes, and locks of its own. */
export async function cloneOf({ store }: Device, documents: readonly string[]): Promise<Device> {
  const copy = newDevice();
  await copy.store.device(await store.device(''));
  const [outbox, tray] = await Promise.all([store.readOutbox(), store.readTray()]);
  const changes: DeviceChange[] = [
    ...outbox.map((entry) => ({ change: 'put-outbox', entry }) as const),
    ...tray.map((item) => ({ change: 'put-tray', item }) as const),
  ];
  for (const document of documents) {
    const stored = await store.readDocument(document);
    if (stored === undefined) continue;
    changes.push({ change: 'put-state', state: stored.state, chunks: [] });
    changes.push(...stored.chunks.map((chunk) => ({ change: 'put-chunk', chunk }) as const));
    for (const slot of [0, 1, 2, 3]) {
      const lease = await store.readLease(document, slot);
      if (lease !== undefined) changes.push({ change: 'put-lease', lease });
    }
  }
  for (const slot of [0, 1, 2, 3]) {
    for (const step of await store.readUndo(slot)) {
      changes.push({ change: 'put-undo', step: { ...step, slot } });
    }
  }
  await copy.store.apply(changes);

  return copy;
}

export function startTab(
  server: WorkspaceServer,
  user: string,
  device: Device = newDevice(),
  more: Partial<WorkspaceClientOptions> = {},
): Promise<WorkspaceClient> {
  return createWorkspaceClient({
    ...device,
    url: server.url,
    extraHeaders: { 'x-user': user },
    ...more,
  });
}

/** All tabs of the device are gone without a word; call it for each of them. */
export async function crash(client: WorkspaceClient, { locks }: Device): Promise<void> {
  client.connection.close();
  await client.flush();
  locks.held.clear();
}

export function create(record: string, title: string): Intent {
  return { act: 'create', record: record as RecordId, birth: { title } };
}

export function setTitle(record: string, title: string): Intent {
  return { act: 'set', record: record as RecordId, field: 'title', value: title };
}

export function setNotes(record: string, notes: string | null): Intent {
  return { act: 'set', record: record as RecordId, field: 'notes', value: notes };
}
