/**
 * What the screen shows of one document: acknowledged state with the edits on top that are on their way. Nobody holds it
 * for long: after a refusal another one takes its place.
 */
import {
  encodeGeneration,
  RegisterRecords,
  parseCellKey,
  sameValue,
  writeOf,
  type Birth,
  type Intent,
  type RecordId,
  type Register,
} from '@lodestone/document-model';
import * as Y from 'yjs';

/** One edit as Yjs knows it. */
export interface Minted {
  readonly update: Uint8Array;
  /** The clocks of its author before and after it. */
  readonly clock: number;
  readonly until: number;
}

export class VisibleDocument {
  readonly records: RegisterRecords;
  readonly #document = new Y.Doc();
  readonly #cells: Y.Map<unknown>;
  readonly #changed = new Set<string>();

  constructor(register: Register, updates: readonly Uint8Array[]) {
    this.#cells = this.#document.getMap(register.name);
    this.#document.transact(() => {
      for (const update of updates) Y.applyUpdate(this.#document, update);
    });
    this.records = new RegisterRecords(register, this.#cells);
    this.#cells.observe((event) => {
      for (const key of event.keysChanged as ReadonlySet<string | null>) {
        if (key !== null) this.#changed.add(key);
      }
    });
  }

  /** Takes in what another client, or this one earlier, has written; returns the records that changed. */
  apply(update: Uint8Array): ReadonlySet<RecordId> {
    Y.applyUpdate(this.#document, update);

    return this.takeChanged();
  }

  /** Writes intents as one update in the name of a client; nothing where all of them are so already. */
  write(intents: readonly Intent[], clientId: number): Minted | undefined {
    const writes = this.#novelties(intents);
    if (writes.size === 0) return undefined;
    const clock = this.clockOf(clientId);
    let update: Uint8Array | undefined;
    const keep = (bytes: Uint8Array): void => {
      update = bytes;
    };
    const usual = this.#document.clientID;
    this.#document.on('update', keep);
    // Only while writing: Yjs takes another id by itself when it receives structs of the one it believes its own.
    this.#document.clientID = clientId;
    this.#document.transact(() => {
      for (const [key, value] of writes) this.#cells.set(key, value);
    });
    this.#document.clientID = usual;
    this.#document.off('update', keep);
    if (update === undefined) throw new Error('Yjs wrote nothing for a change');

    return { update, clock, until: this.clockOf(clientId) };
  }

  /** The records touched since this was last asked. */
  takeChanged(): ReadonlySet<RecordId> {
    if (this.#changed.size === 0) return new Set();
    const records = this.records.refresh(this.#changed);
    this.#changed.clear();

    return records;
  }

  clockOf(clientId: number): number {
    return Y.getState(this.#document.store, clientId);
  }

  /** The state vector of the acknowledged part: edits on their way are those of one client from a clock on. */
  stateVector(clientId: number, acknowledgedClock: number): Uint8Array {
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.#document));
    if (acknowledgedClock > 0) clocks.set(clientId, acknowledgedClock);
    else clocks.delete(clientId);

    return Y.encodeStateVector(clocks);
  }

  encode(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#document);
  }

  /** Whether everything received could be put in its place. */
  isWhole(): boolean {
    const { pendingStructs, pendingDs } = this.#document.store;

    return pendingStructs === null && pendingDs === null;
  }

  /** The records that read differently in another version of the same document, be it another generation. */
  differencesTo(other: VisibleDocument): ReadonlySet<RecordId> {
    const records = new Set<RecordId>();
    for (const key of new Set([...this.#cells.keys(), ...other.#cells.keys()])) {
      if (sameValue(this.#cells.get(key), other.#cells.get(key))) continue;
      const parsed = parseCellKey(key);
      if (parsed !== undefined) records.add(parsed.record);
    }
    for (const record of records) {
      const [mine, theirs] = [this.records.get(record), other.records.get(record)];
      if (sameValue(mine?.fields, theirs?.fields)) records.delete(record);
    }

    return records;
  }

  /** Its records as the next generation, the same bytes for everyone who has them. */
  encodeGeneration(): Uint8Array {
    return encodeGeneration(this.records.register, this.#cells);
  }

  destroy(): void {
    this.#document.destroy();
  }

  /** What differs from what stands; of two intents for one cell the later counts. */
  #novelties(intents: readonly Intent[]): ReadonlyMap<string, unknown> {
    const writes = new Map<string, unknown>();
    const births = new Map<string, Birth>();
    for (const intent of intents) {
      const { key, value } = writeOf(intent);
      if (intent.act === 'create') births.set(intent.record, intent.birth);
      if (sameValue(this.#present(intent, births), value)) writes.delete(key);
      else writes.set(key, value);
    }

    return writes;
  }

  #present(intent: Intent, births: ReadonlyMap<string, Birth>): unknown {
    const { key } = writeOf(intent);
    if (this.#cells.has(key) || intent.act === 'create') return this.#cells.get(key);
    const birth =
      births.get(intent.record) ?? (this.#cells.get(intent.record) as Birth | undefined);
    const born = birth?.[intent.field] ?? null;
    if (intent.act === 'set') return born;

    return Array.isArray(born) && born.includes(intent.element);
  }
}
