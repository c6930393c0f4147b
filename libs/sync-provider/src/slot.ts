/** Each tab writes in the name of a slot of its device, held by a lock, so that no two tabs share a client id. */
import type { DeviceChange, DeviceStore, OutboxEntry } from './device-store/device-store.ts';

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
    await store.apply(takeOver(await store.readOutbox(), slot, own));
    release();
  }
}

/**
 * Behind what the slot has itself, to be written anew. The client id they were written with is given up: who takes that
 * slot next must not count on its clocks.
 */
function takeOver(
  entries: readonly OutboxEntry[],
  from: number,
  slot: number,
): readonly DeviceChange[] {
  const last = Math.max(-1, ...entries.filter((entry) => entry.slot === slot).map(orderOf));
  const left = entries.filter((entry) => entry.slot === from);
  const documents = new Set(left.map((entry) => entry.document));

  return [
    ...left.map((entry, index): DeviceChange => {
      const order = last + 1 + index;

      const uncertain = entry.uncertain || entry.sent;

      return { change: 'put-outbox', entry: { ...entry, slot, order, uncertain } };
    }),
    ...[...documents].map((document): DeviceChange => {
      return { change: 'remove-lease', document, slot: from };
    }),
  ];
}

function orderOf(entry: OutboxEntry): number {
  return entry.order;
}

function lockName(store: DeviceStore, slot: number): string {
  return `${store.name}/slot/${String(slot)}`;
}
