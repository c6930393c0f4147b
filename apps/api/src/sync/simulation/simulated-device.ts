/** What one device keeps: the real memory store, behind a disk that takes its time, and a ledger of every edit that came by. */
import type { Intent } from '@lodestone/document-model';
import { MemoryDeviceStore, type DeviceStore, type SlotLocks } from '@lodestone/sync-provider';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { VirtualTime } from './virtual-time.ts';

type Changes = Parameters<DeviceStore['apply']>[0];

/** An edit that a device has kept. */
export interface KeptEdit {
  readonly device: string;
  readonly document: string;
  readonly intents: readonly Intent[];
  /** What it sets is set by no other edit, so that it can only stand there by its own doing. */
  readonly isUnique: boolean;
  lastBytes: Uint8Array;
  /** Its author has disposed of it: it lay in the tray, and he threw it away or sent it anew. */
  isDisposed: boolean;
}

export interface DeviceSurroundings {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly history: History;
  readonly ledger: Map<string, KeptEdit>;
}

export class SimulatedDevice {
  readonly name: string;
  readonly kept: MemoryDeviceStore;
  readonly locks = new DeviceLocks();
  readonly #around: DeviceSurroundings;

  constructor(name: string, around: DeviceSurroundings) {
    this.name = name;
    this.#around = around;
    this.kept = new MemoryDeviceStore(name);
  }

  /** The device as one process of it sees it. What it has not written when it ends is lost. */
  storeFor(process: SimulatedProcess): DeviceStore {
    const { kept } = this;
    const within = <T>(work: () => Promise<T>): Promise<T> => this.#within(process, work);

    return {
      ...{ name: kept.name, durable: false },
      device: (fresh) => within(() => kept.device(fresh)),
      readDocument: (document) => within(() => kept.readDocument(document)),
      readLease: (document, slot) => within(() => kept.readLease(document, slot)),
      readOutbox: () => within(() => kept.readOutbox()),
      readTray: () => within(() => kept.readTray()),
      readUndo: (slot) => within(() => kept.readUndo(slot)),
      apply: (changes) =>
        within(async () => {
          this.#note(changes);
          await kept.apply(this.#keptOf(changes));
        }),
      close: () => undefined,
    };
  }

  /** Another device that was made from the disk of this one: its id, its leases, and all that was on its way. */
  async clone(name: string, documents: readonly string[]): Promise<SimulatedDevice> {
    const copy = new SimulatedDevice(name, this.#around);
    const { kept } = this;
    await copy.kept.device(await kept.device(name));
    const changes: Changes[number][] = [];
    for (const document of documents) {
      const stored = await kept.readDocument(document);
      const lease = await kept.readLease(document, 0);
      if (stored !== undefined)
        changes.push({ change: 'put-state', state: stored.state, chunks: [] });
      for (const chunk of stored?.chunks ?? []) changes.push({ change: 'put-chunk', chunk });
      if (lease !== undefined) changes.push({ change: 'put-lease', lease });
    }
    for (const entry of await kept.readOutbox()) changes.push({ change: 'put-outbox', entry });
    for (const item of await kept.readTray()) changes.push({ change: 'put-tray', item });
    for (const step of await kept.readUndo(0))
      changes.push({ change: 'put-undo', step: { ...step, slot: 0 } });
    await copy.kept.apply(changes);

    return copy;
  }

  async #within<T>(process: SimulatedProcess, work: () => Promise<T>): Promise<T> {
    const { time, random } = this.#around;

    return new Promise((resolve, reject) => {
      time.after(
        random.between(0.2, 4),
        () => {
          void work().then((value) => {
            process.run(() => {
              resolve(value);
            });
          }, reject);
        },
        process,
      );
    });
  }

  #keptOf(changes: Changes): Changes {
    if (this.#around.faults.sabotage !== 'forgetful-device') return changes;

    return changes.filter(
      ({ change }) => change !== 'put-outbox' || this.#around.random.chance(0.7),
    );
  }

  #note(changes: Changes): void {
    for (const change of changes) {
      if (change.change === 'put-outbox') this.#noteEdit(change.entry);
      else if (change.change === 'put-tray') this.#around.history.reach(`tray.${change.item.code}`);
      else if (change.change === 'remove-tray') {
        const edit = this.#around.ledger.get(change.edit);
        if (edit !== undefined) edit.isDisposed = true;
      }
    }
  }

  #noteEdit(entry: Extract<Changes[number], { change: 'put-outbox' }>['entry']): void {
    const { ledger, history } = this.#around;
    const known = ledger.get(entry.edit);
    if (known !== undefined) {
      if (Buffer.compare(known.lastBytes, entry.update) !== 0) history.reach('edit-rewritten');
      known.lastBytes = entry.update;
      return;
    }
    const values = new Set(entry.intents.flatMap(distinctiveValue));
    const isUnique =
      values.size > 0 &&
      ![...ledger.values()].some(({ intents }) =>
        intents.flatMap(distinctiveValue).some((value) => values.has(value)),
      );
    ledger.set(entry.edit, {
      ...{ device: this.name, document: entry.document, intents: entry.intents, isUnique },
      ...{ lastBytes: entry.update, isDisposed: false },
    });
  }
}

/** Locks whose holders can vanish, as tabs do. */
class DeviceLocks {
  readonly #held = new Set<string>();

  /** As one process of the device sees them. */
  for(process: SimulatedProcess): SlotLocks {
    return {
      tryHold: (name) => {
        if (this.#held.has(name)) return Promise.resolve(undefined);
        this.#held.add(name);
        const release = () => {
          this.#held.delete(name);
        };
        process.onEnd(release);

        return Promise.resolve(release);
      },
    };
  }
}

/** The acts of a simulation set texts that are like no other. */
function distinctiveValue(intent: Intent): readonly string[] {
  if (intent.act === 'create') return [intent.record];
  if (intent.act === 'set' && typeof intent.value === 'string' && intent.value.startsWith('text '))
    return [`${intent.record} ${intent.field} ${intent.value}`];

  return [];
}
