/** A document in memory: its Yjs state, its admission, and who changed each cell last. */
import type { CellChange } from '@lodestone/update-admission';
import { Admission } from '@lodestone/update-admission';
import { RegisterRecords, type DocumentName, type Register } from '@lodestone/document-model';
import * as Y from 'yjs';
import type { LastChange, StoredDocument } from './document-store.ts';

export class LiveDocument {
  readonly name: DocumentName;
  readonly register: Register;
  readonly generation: number;
  readonly admission: Admission;
  /** How many updates have been applied since the last snapshot. */
  sinceSnapshot: number;
  readonly #doc = new Y.Doc();
  readonly #lastChanges = new Map<string, Map<string, LastChange>>();
  #fresh: Uint8Array[] = [];
  #state: Uint8Array | undefined;
  #records: RegisterRecords | undefined;

  constructor(name: DocumentName, register: Register, stored: StoredDocument) {
    this.name = name;
    this.register = register;
    this.generation = stored.generation;
    this.sinceSnapshot = stored.tail;
    this.#doc.transact(() => {
      for (const update of stored.updates) Y.applyUpdate(this.#doc, update);
    });
    this.admission = new Admission(this.#doc, register);
    for (const change of stored.lastChanges) this.noteChange(change);
    this.#doc.on('update', (update: Uint8Array) => {
      this.#fresh.push(update);
      this.#state = undefined;
    });
    this.#cells.observe((event) => {
      this.#records?.refresh(event.keysChanged as Set<string>);
    });
  }

  get #cells(): Y.Map<unknown> {
    return this.#doc.getMap<unknown>(this.register.name);
  }

  apply(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update);
    this.sinceSnapshot += 1;
    const { pendingStructs, pendingDs } = this.#doc.store;
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
    if (stateVector !== undefined) return Y.encodeStateAsUpdate(this.#doc, stateVector);
    this.#state ??= Y.encodeStateAsUpdate(this.#doc);

    return this.#state;
  }

  get records(): RegisterRecords {
    this.#records ??= new RegisterRecords(this.register, this.#cells);

    return this.#records;
  }

  noteChange(change: LastChange): void {
    const cells = this.#lastChanges.get(change.record);
    if (cells === undefined)
      this.#lastChanges.set(change.record, new Map([[change.field, change]]));
    else cells.set(change.field, change);
  }

  lastChange(record: string, field: string): LastChange | undefined {
    return this.#lastChanges.get(record)?.get(field);
  }

  lastChangesOf(record: string): Iterable<LastChange> {
    return this.#lastChanges.get(record)?.values() ?? [];
  }

  destroy(): void {
    this.#doc.destroy();
  }
}

/** How a changed cell is named in the log: the element of a set stands behind its field. */
export function loggedField({ field, element }: Pick<CellChange, 'field' | 'element'>): string {
  return element === undefined ? field : `${field}/${element}`;
}
