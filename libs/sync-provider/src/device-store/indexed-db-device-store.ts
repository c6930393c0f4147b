/** The device store in a browser: one IndexedDB database for each person and workspace. */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
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

interface Schema extends DBSchema {
  meta: { key: string; value: string };
  state: { key: string; value: StoredState };
  chunk: { key: [string, string]; value: StoredChunk };
  lease: { key: [string, number]; value: StoredLease };
  outbox: { key: string; value: OutboxEntry };
  tray: { key: string; value: TrayItem };
  undo: { key: [number, number]; value: StoredUndoStep };
}

const stores = ['state', 'chunk', 'lease', 'outbox', 'tray', 'undo'] as const;

type Transaction = IDBPTransaction<Schema, [...typeof stores], 'readwrite'>;

export class IndexedDbDeviceStore implements DeviceStore {
  readonly name: string;
  readonly durable = true;
  readonly #database: IDBPDatabase<Schema>;

  private constructor(name: string, database: IDBPDatabase<Schema>) {
    this.name = name;
    this.#database = database;
  }

  static async open(name: string): Promise<IndexedDbDeviceStore> {
    const database = await openDB<Schema>(name, 1, {
      upgrade(created) {
        created.createObjectStore('meta');
        created.createObjectStore('state', { keyPath: 'document' });
        created.createObjectStore('chunk', { keyPath: ['document', 'id'] });
        created.createObjectStore('lease', { keyPath: ['document', 'slot'] });
        created.createObjectStore('outbox', { keyPath: 'edit' });
        created.createObjectStore('tray', { keyPath: 'edit' });
        created.createObjectStore('undo', { keyPath: ['slot', 'id'] });
      },
      // Another tab deletes it: it is not kept waiting.
      blocking(_current, _wanted, event) {
        (event.target as IDBDatabase | null)?.close();
      },
    });

    return new IndexedDbDeviceStore(name, database);
  }

  async device(fresh: string): Promise<string> {
    const transaction = this.#database.transaction('meta', 'readwrite');
    const kept = await transaction.store.get('device');
    if (kept === undefined) await transaction.store.put(fresh, 'device');
    await transaction.done;

    return kept ?? fresh;
  }

  async readDocument(document: string): Promise<StoredDocument | undefined> {
    const transaction = this.#database.transaction(['state', 'chunk']);
    const [state, chunks] = await Promise.all([
      transaction.objectStore('state').get(document),
      transaction.objectStore('chunk').getAll(ofDocument(document)),
    ]);
    await transaction.done;
    if (state === undefined) return undefined;

    return { state, chunks: chunks.filter((chunk) => chunk.generation === state.generation) };
  }

  readLease(document: string, slot: number): Promise<StoredLease | undefined> {
    return this.#database.get('lease', [document, slot]);
  }

  async readOutbox(): Promise<readonly OutboxEntry[]> {
    const entries = await this.#database.getAll('outbox');

    return entries.sort((a, b) => a.order - b.order);
  }

  async readTray(): Promise<readonly TrayItem[]> {
    const items = await this.#database.getAll('tray');

    return items.sort((a, b) => a.at - b.at);
  }

  async readUndo(slot: number): Promise<readonly UndoStep[]> {
    const all = IDBKeyRange.bound([slot, -Infinity], [slot, Infinity]);
    const steps = await this.#database.getAll('undo', all);

    return steps.map(({ slot: _slot, ...step }) => step);
  }

  async apply(changes: readonly DeviceChange[]): Promise<void> {
    const transaction = this.#database.transaction([...stores], 'readwrite');
    try {
      await makeAll(transaction, changes);
      await transaction.done;
    } catch (error) {
      const ended = transaction.done.catch(() => undefined);
      if (!isEnded(error)) transaction.abort();
      await ended;
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }
}

/** A request that failed has ended its transaction; a value that could not be written has not. */
function isEnded(error: unknown): boolean {
  return !(error instanceof Error && error.name === 'DataCloneError');
}

/** In order; a change that is one request does not wait for the one before it. */
async function makeAll(transaction: Transaction, changes: readonly DeviceChange[]): Promise<void> {
  const asked: Promise<void>[] = [];
  for (const change of changes) {
    const takesSteps = change.change === 'put-state' || change.change === 'drop-document';
    if (takesSteps) await Promise.all(asked.splice(0));
    const made = make(transaction, change);
    if (takesSteps) await made;
    else asked.push(made);
  }
  await Promise.all(asked);
}

async function make(transaction: Transaction, change: DeviceChange): Promise<void> {
  switch (change.change) {
    case 'put-state':
      return putState(transaction, change.state, change.chunks);
    case 'put-chunk':
      await transaction.objectStore('chunk').put(change.chunk);
      return;
    case 'drop-document':
      return drop(transaction, change.document);
    case 'put-lease':
      await transaction.objectStore('lease').put(change.lease);
      return;
    case 'remove-lease':
      return transaction.objectStore('lease').delete([change.document, change.slot]);
    case 'put-outbox':
      await transaction.objectStore('outbox').put(change.entry);
      return;
    case 'remove-outbox':
      return transaction.objectStore('outbox').delete(change.edit);
    case 'put-tray':
      await transaction.objectStore('tray').put(change.item);
      return;
    case 'remove-tray':
      return transaction.objectStore('tray').delete(change.edit);
    case 'put-undo':
      await transaction.objectStore('undo').put(change.step);
      return;
    case 'remove-undo':
      return transaction.objectStore('undo').delete([change.slot, change.id]);
  }
}

async function putState(
  transaction: Transaction,
  state: StoredState,
  covered: readonly string[],
): Promise<void> {
  const [states, chunks] = [transaction.objectStore('state'), transaction.objectStore('chunk')];
  const standing = await states.get(state.document);
  if (standing !== undefined && isNewer(standing, state)) return;
  await states.put(state);
  for (const id of covered) await chunks.delete([state.document, id]);
  if (standing === undefined || standing.generation === state.generation) return;
  for (const chunk of await chunks.getAll(ofDocument(state.document))) {
    if (chunk.generation < state.generation) await chunks.delete([chunk.document, chunk.id]);
  }
}

async function drop(transaction: Transaction, document: string): Promise<void> {
  await transaction.objectStore('state').delete(document);
  await transaction.objectStore('chunk').delete(ofDocument(document));
  const leases = transaction.objectStore('lease');
  await leases.delete(IDBKeyRange.bound([document, -Infinity], [document, Infinity]));
}

function ofDocument(document: string): IDBKeyRange {
  return IDBKeyRange.bound([document, ''], [document, []]);
}
