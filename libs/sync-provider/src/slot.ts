/** Each tab writes in the name of a slot of its device, held by a lock, so that no two tabs share a client id. */
import type { DeviceStore, OutboxEntry } from './device-store/device-store.ts';

export type Release = () => void;

/** Locks that end with their holder. */
export interface SlotLocks {
  /** Undefined where someone else holds it. */
  tryHold(name: string): Promise<Release | undefined>;
}

/** The browser's Web Locks: held until the page goes, however it goes. */
export class WebSlotLocks implements SlotLocks {
  tryHold(name: string): Promise<Release | undefined> {
    return new Promise((resolve, reject) => {
      navigator.locks
        .request(name, { ifAvailable: true }, (lock) => {
          if (lock === null) {
            resolve(undefined);
            return undefined;
          }

          return new Promise<void>((release) => {
            resolve(release);
          });
        })
        .catch(reject);
    });
  }
}

/** Locks among the clients of one program. */
export class InProcessSlotLocks implements SlotLocks {
  readonly #held = new Set<string>();

  tryHold(name: string): Promise<Release | undefined> {
    if (this.#held.has(name)) return Promise.resolve(undefined);
    this.#held.add(name);

    return Promise.resolve(() => {
      this.#held.delete(name);
    });
  }
}

export interface HeldSlot {
  readonly slot: number;
  readonly release: Release;
}

/** The lowest slot that nobody holds. */
export async function takeSlot(store: DeviceStore, locks: SlotLocks): Promise<HeldSlot> {
  for (let slot = 0; ; slot++) {
    const release = await locks.tryHold(lockName(store, slot));
    if (release !== undefined) return { slot, release };
  }
}

/** Takes over the edits of slots that nobody holds: their tabs are gone, their edits are not. */
export async function adoptOutboxes(
  own: number,
  store: DeviceStore,
  locks: SlotLocks,
): Promise<void> {
  const slots = new Set((await store.readOutbox()).map((entry) => entry.slot));
  slots.delete(own);
  for (const slot of slots) {
    const release = await locks.tryHold(lockName(store, slot));
    if (release === undefined) continue;
    // Read again: until the lock was free, its tab may have been at work.
    const entries = await store.readOutbox();
    await store.apply(
      adopted(entries, slot, own).map((entry) => ({ change: 'put-outbox', entry }) as const),
    );
    release();
  }
}

/** Behind what the slot has itself; their bytes may have been sent, by a client id that is not this tab's. */
function adopted(
  entries: readonly OutboxEntry[],
  from: number,
  slot: number,
): readonly OutboxEntry[] {
  const last = Math.max(-1, ...entries.filter((entry) => entry.slot === slot).map(orderOf));

  return entries
    .filter((entry) => entry.slot === from)
    .map((entry, index) => ({ ...entry, slot, order: last + 1 + index, uncertain: true }));
}

function orderOf(entry: OutboxEntry): number {
  return entry.order;
}

function lockName(store: DeviceStore, slot: number): string {
  return `${store.name}/slot/${String(slot)}`;
}
