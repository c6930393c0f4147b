/** A device that forgets: for programs, and for browsers that keep nothing. */
import type { TrayItem } from '../tray-item.ts';
import type { UndoStep } from '../undo-step.ts';
import {
  isNewer,
  type DeviceChange,
  type DeviceStore,
  type OutboxEntry,
  type StoredChunk,
  type StoredDocument,
  type StoredLease,
  type StoredState,
  type StoredUndoStep,
} from './device-store.ts';

interface Kept {
  readonly states: Map<string, StoredState>;
  readonly chunks: Map<string, StoredChunk>;
  readonly leases: Map<string, StoredLease>;
  readonly outbox: Map<string, OutboxEntry>;
  readonly tray: Map<string, TrayItem>;
  readonly undo: Map<string, StoredUndoStep>;
}

export class MemoryDeviceStore implements DeviceStore {
  readonly name: string;
  readonly durable = false;
  #device: string | undefined;
  readonly #kept: Kept = {
    states: new Map(),
    chunks: new Map(),
    leases: new Map(),
    outbox: new Map(),
    tray: new Map(),
    undo: new Map(),
  };

  /** @param name clients of one store share their locks by it */
  constructor(name = 'memory') {
    this.name = name;
  }

  device(fresh: string): Promise<string> {
    this.#device ??= fresh;

    return Promise.resolve(this.#device);
  }

  readDocument(document: string): Promise<StoredDocument | undefined> {
    const state = this.#kept.states.get(document);
    if (state === undefined) return Promise.resolve(undefined);
    const chunks = [...this.#kept.chunks.values()].filter(
      (chunk) => chunk.document === document && chunk.generation === state.generation,
    );

    return Promise.resolve({ state, chunks });
  }

  readLease(document: string, slot: number): Promise<StoredLease | undefined> {
    return Promise.resolve(this.#kept.leases.get(leaseKey(document, slot)));
  }

  readOutbox(): Promise<readonly OutboxEntry[]> {
    return Promise.resolve([...this.#kept.outbox.values()].sort((a, b) => a.order - b.order));
  }

  readTray(): Promise<readonly TrayItem[]> {
    return Promise.resolve([...this.#kept.tray.values()].sort((a, b) => a.at - b.at));
  }

  readUndo(slot: number): Promise<readonly UndoStep[]> {
    const steps = [...this.#kept.undo.values()].filter((step) => step.slot === slot);

    return Promise.resolve(
      steps.sort((a, b) => a.id - b.id).map(({ slot: _slot, ...step }) => step),
    );
  }

  apply(changes: readonly DeviceChange[]): Promise<void> {
    for (const change of changes) this.#change(change);

    return Promise.resolve();
  }

  close(): void {
    // What is kept stays for the next client of this store.
  }

  #change(change: DeviceChange): void {
    const { chunks, leases, outbox, tray, undo } = this.#kept;
    switch (change.change) {
      case 'put-state':
        this.#putState(change.state, change.chunks);
        break;
      case 'put-chunk':
        chunks.set(change.chunk.id, change.chunk);
        break;
      case 'drop-document':
        this.#drop(change.document);
        break;
      case 'put-lease':
        leases.set(leaseKey(change.lease.document, change.lease.slot), change.lease);
        break;
      case 'remove-lease':
        leases.delete(leaseKey(change.document, change.slot));
        break;
      case 'put-outbox':
        outbox.set(change.entry.edit, change.entry);
        break;
      case 'remove-outbox':
        outbox.delete(change.edit);
        break;
      case 'put-tray':
        tray.set(change.item.edit, change.item);
        break;
      case 'remove-tray':
        tray.delete(change.edit);
        break;
      case 'put-undo':
        undo.set(undoKey(change.step.slot, change.step.id), change.step);
        break;
      case 'remove-undo':
        undo.delete(undoKey(change.slot, change.id));
        break;
    }
  }

  #putState(state: StoredState, covered: readonly string[]): void {
    const { states, chunks } = this.#kept;
    const standing = states.get(state.document);
    if (standing !== undefined && isNewer(standing, state)) return;
    states.set(state.document, state);
    for (const id of covered) chunks.delete(id);
    for (const chunk of chunks.values()) {
      if (chunk.document === state.document && chunk.generation < state.generation) {
        chunks.delete(chunk.id);
      }
    }
  }

  #drop(document: string): void {
    const { states, chunks, leases } = this.#kept;
    states.delete(document);
    for (const chunk of chunks.values()) if (chunk.document === document) chunks.delete(chunk.id);
    for (const [key, lease] of leases) if (lease.document === document) leases.delete(key);
  }
}

function leaseKey(document: string, slot: number): string {
  return `${document} ${String(slot)}`;
}

function undoKey(slot: number, id: number): string {
  return `${String(slot)} ${String(id)}`;
}
