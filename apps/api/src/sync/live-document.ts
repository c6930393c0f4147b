/**
 * A document in memory: its state, its admission, and who changed each cell last. The state is the bytes that were
 * stored until somebody needs the Yjs document in them: whoever only opens it is given the bytes.
 */
import type { CellChange } from '@lodestone/update-admission';
import { Admission } from '@lodestone/update-admission';
import {
  encodeGeneration,
  RegisterRecords,
  type DocumentName,
  type Register,
} from '@lodestone/document-model';
import * as Y from 'yjs';
import type { LastChange, StoredDocument } from './document-store.ts';
import { isWorn, measureWear, type WearLimits } from './generation-wear.ts';

interface Built {
  readonly doc: Y.Doc;
  readonly cells: Y.Map<unknown>;
  readonly admission: Admission;
}

export class LiveDocument {
  readonly name: DocumentName;
  readonly register: Register;
  readonly generation: number;
  /** How many updates have been applied since the last snapshot. */
  sinceSnapshot: number;
  #stored: readonly Uint8Array[];
  #built: Built | undefined;
  readonly #lastChanges = new Map<string, Map<string, LastChange>>();
  #changesFrom: number;
  #fresh: Uint8Array[] = [];
  /** Updates since the wear was measured; what has just been loaded is measured first. */
  #unmeasured = Number.POSITIVE_INFINITY;
  #state: Uint8Array | undefined;
  #records: RegisterRecords | undefined;

  constructor(name: DocumentName, register: Register, stored: StoredDocument) {
    this.name = name;
    this.register = register;
    this.generation = stored.generation;
    this.sinceSnapshot = stored.tail;
    this.#changesFrom = stored.changesFrom;
    this.#stored = stored.updates;
    const [whole, ...more] = stored.updates;
    if (more.length === 0) this.#state = whole;
    for (const change of stored.lastChanges) this.noteChange(change);
  }

  /** Reads the Yjs document out of the stored bytes: what takes long of the first edit, to be done before its turn. */
  build(): void {
    this.#content();
  }

  #content(): Built {
    return (this.#built ??= this.#read());
  }

  #read(): Built {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const update of this.#stored) Y.applyUpdate(doc, update);
    });
    this.#stored = [];
    const cells = doc.getMap<unknown>(this.register.name);
    doc.on('update', (update: Uint8Array) => {
      this.#fresh.push(update);
      this.#state = undefined;
    });
    cells.observe((event) => {
      this.#records?.refresh(event.keysChanged as Set<string>);
    });

    return { doc, cells, admission: new Admission(doc, this.register) };
  }

  get admission(): Admission {
    return this.#content().admission;
  }

  /** Everything that is applied in the work is one Yjs transaction. */
  together(work: () => void): void {
    this.#content().doc.transact(work);
  }

  applyAll(updates: readonly Uint8Array[]): void {
    if (updates.length === 0) return;
    this.together(() => {
      for (const update of updates) this.apply(update);
    });
  }

  apply(update: Uint8Array): void {
    const { doc } = this.#content();
    Y.applyUpdate(doc, update);
    this.sinceSnapshot += 1;
    this.#unmeasured += 1;
    const { pendingStructs, pendingDs } = doc.store;
    if (pendingStructs !== null || pendingDs !== null) {
      throw new Error(`${this.name}: an admitted update is pending; admission is wrong`);
    }
  }

  /** The updates that have changed the document since the last call. */
  takeFresh(): readonly Uint8Array[] {
    const fresh = this.#fresh;
    this.#fresh = [];

    return fresh;
  }

  /** The whole state, or what a client with this state vector lacks. */
  encode(stateVector?: Uint8Array): Uint8Array {
    if (stateVector !== undefined) return Y.encodeStateAsUpdate(this.#content().doc, stateVector);
    this.#state ??= Y.encodeStateAsUpdate(this.#content().doc);

    return this.#state;
  }

  get records(): RegisterRecords {
    this.#records ??= new RegisterRecords(this.register, this.#content().cells);

    return this.#records;
  }

  noteChange(change: LastChange): void {
    const cells = this.#lastChanges.get(change.record);
    if (cells === undefined)
      this.#lastChanges.set(change.record, new Map([[change.field, change]]));
    else cells.set(change.field, change);
  }

  /** Whoever has seen this sequence learns here of every change that he has not seen; older ones are read when needed. */
  get changesFrom(): number {
    return this.#changesFrom;
  }

  /** The last changes of the cells from another sequence on, up to where they were known. */
  noteOlder(changes: readonly LastChange[], from: number): void {
    for (const change of changes)
      if (this.lastChange(change.record, change.field) === undefined) this.noteChange(change);
    this.#changesFrom = from;
  }

  lastChange(record: string, field: string): LastChange | undefined {
    return this.#lastChanges.get(record)?.get(field);
  }

  lastChangesOf(record: string): Iterable<LastChange> {
    return this.#lastChanges.get(record)?.values() ?? [];
  }

  /** Whether it should go on in a new generation. */
  isWorn(limits: WearLimits): boolean {
    // One that nobody edits costs nobody anything.
    if (this.#built === undefined || this.#unmeasured < limits.measureEvery) return false;
    this.#unmeasured = 0;
    const { doc, cells } = this.#built;

    return isWorn(measureWear(doc, cells), cells._map.size, limits);
  }

  /** The bytes of the next generation. */
  encodeNext(): Uint8Array {
    return encodeGeneration(this.register, this.#content().cells);
  }

  /** The next generation, of these bytes: who changed a cell last, and when, is as true as before. */
  goOn(generation: number, state: Uint8Array): LiveDocument {
    const known = { lastChanges: [], changesFrom: this.#changesFrom };
    const stored = { generation, updates: [state], tail: 0, ...known };
    const next = new LiveDocument(this.name, this.register, stored);
    for (const [record, changes] of this.#lastChanges) next.#lastChanges.set(record, changes);

    return next;
  }

  destroy(): void {
    this.#built?.doc.destroy();
  }
}

/** How a changed cell is named in the log: the element of a set stands behind its field. */
export function loggedField({ field, element }: Pick<CellChange, 'field' | 'element'>): string {
  return element === undefined ? field : `${field}/${element}`;
}
