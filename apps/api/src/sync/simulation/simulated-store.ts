/** The document store of one simulated process, over the simulated database. */
import type { Queryable } from '../../database/app-pool.ts';
import type {
  AdmittedStep,
  Appended,
  CommittedChange,
  CompartmentTurn,
  DocumentStore,
  LastChange,
  Lease,
  StoredDocument,
  StoredGeneration,
  TurnTransaction,
} from '../document-store.ts';
import type { Head, LoggedConflict } from '../log-entry.ts';
import { appendSwiftly } from './simulated-append.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import {
  answerQuery,
  readChanges,
  readCommittedEdits,
  readGeneration,
  readSteps,
} from './simulated-reads.ts';
import { SimulatedTransaction } from './simulated-transaction.ts';

export class SimulatedStore implements DocumentStore, Queryable {
  readonly #database: SimulatedDatabase;
  readonly #process: SimulatedProcess;
  readonly #loaded = new Set<string>();

  constructor(database: SimulatedDatabase, process: SimulatedProcess) {
    this.#database = database;
    this.#process = process;
  }

  /** What the access facts ask, told by the table it is asked of. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in Queryable
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<{ rows: Row[] }> {
    return this.#request(() => ({ rows: answerQuery(this.#database, text, values) as Row[] }));
  }

  append(turns: readonly CompartmentTurn[], accessVersion: number): Promise<Appended> {
    return appendSwiftly(this.#database, this.#process, { turns, accessVersion });
  }

  committedEdits(
    compartment: string,
    edits: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    return this.#request(() => readCommittedEdits(this.#database, compartment, edits));
  }

  async transact<T>(compartment: string, work: (turn: TurnTransaction) => Promise<T>): Promise<T> {
    const transaction = await SimulatedTransaction.begin(
      this.#database,
      this.#process,
      compartment,
    );
    let failed = true;
    try {
      const result = await work(transaction);
      await transaction.commit();
      failed = false;

      return result;
    } finally {
      if (failed) transaction.giveUp();
    }
  }

  head(compartment: string): Promise<Head> {
    return this.#request(() => this.#database.compartment(compartment).head);
  }

  async load(compartment: string, register: string, seq: number): Promise<StoredDocument> {
    const name = `${compartment}/${register}`;
    const { documents, history } = this.#database;
    if (this.#loaded.has(name)) history.reach('room-dropped');
    this.#loaded.add(name);
    await this.#request(() => {
      if (!documents.has(name)) documents.set(name, { generation: 1 });
    });
    const base = await this.#request(() => readGeneration(this.#database, name, seq));
    const range = { after: base.seq, upTo: seq };
    const tail = await this.#request(() => readSteps(this.#database, compartment, range));
    const updates = tail.flatMap((step) =>
      step.document === name && 'update' in step ? [step.update] : [],
    );

    return {
      generation: base.generation,
      updates: [...(base.state === undefined ? [] : [base.state]), ...updates],
      tail: updates.length,
      lastChanges: await this.lastChanges(compartment, register, range),
      changesFrom: range.after,
    };
  }

  stepsAfter(compartment: string, seq: number, upTo: number): Promise<readonly AdmittedStep[]> {
    return this.#request(() => readSteps(this.#database, compartment, { after: seq, upTo }));
  }

  changesAfter(
    compartment: string,
    seq: number,
    upTo: number,
  ): Promise<readonly CommittedChange[]> {
    return this.#request(() => readChanges(this.#database, compartment, { after: seq, upTo }));
  }

  lastChanges(
    compartment: string,
    register: string,
    range: { readonly after: number; readonly upTo: number },
  ): Promise<readonly LastChange[]> {
    return this.#request(() => {
      const last = new Map<string, CommittedChange>();
      for (const change of readChanges(this.#database, compartment, range)) {
        if (change.register === register) last.set(`${change.record} ${change.field}`, change);
      }

      return [...last.values()];
    });
  }

  async saveSnapshot(snapshot: StoredGeneration): Promise<void> {
    await this.#request(() => {
      const kept = this.#database.snapshots.get(snapshot.document);
      const isOlder =
        kept !== undefined &&
        (kept.generation > snapshot.generation ||
          (kept.generation === snapshot.generation && kept.seq >= snapshot.seq));
      if (!isOlder) this.#database.snapshots.set(snapshot.document, snapshot);
      this.#database.history.reach('snapshot');
    });
  }

  seqOf(document: string, clientId: number, update: Uint8Array): Promise<number | undefined> {
    const compartment = document.slice(0, document.indexOf('/'));
    this.#database.history.reach('duplicate-bytes');

    return this.#request(() => {
      const { entries } = this.#database.compartment(compartment);
      const entry = entries.findLast(
        ({ meta, payload }) =>
          meta.document === document &&
          meta.clientId === clientId &&
          payload.update !== null &&
          Buffer.compare(payload.update, update) === 0,
      );

      return entry?.meta.seq;
    });
  }

  holdsLease(lease: Lease, clientId: number): Promise<boolean> {
    return this.#request(
      () => this.#database.leases.get(leaseKey(lease, clientId)) === holderOf(lease),
    );
  }

  addLease(lease: Lease, clientId: number): Promise<boolean> {
    return this.#request(() => {
      const key = leaseKey(lease, clientId);
      if (this.#database.leases.has(key)) return false;
      this.#database.leases.set(key, holderOf(lease));

      return true;
    });
  }

  unreadConflicts(document: string, person: string): Promise<readonly LoggedConflict[]> {
    const compartment = document.slice(0, document.indexOf('/'));

    return this.#request(() => {
      const read = this.#database.readPositions.get(`${person} ${document}`) ?? 0;

      return this.#database
        .compartment(compartment)
        .conflicts.filter(
          (conflict) =>
            conflict.document === document &&
            conflict.seq > read &&
            [conflict.kept.person, conflict.other.person].includes(person),
        );
    });
  }

  conflictsAfter(
    documents: readonly string[],
    seq: number,
    upTo: number,
  ): Promise<readonly LoggedConflict[]> {
    return this.#request(() =>
      documents.flatMap((document) =>
        this.#database
          .compartment(document.slice(0, document.indexOf('/')))
          .conflicts.filter(
            (conflict) =>
              conflict.document === document && conflict.seq > seq && conflict.seq <= upTo,
          ),
      ),
    );
  }

  async markRead(document: string, person: string, seq: number): Promise<void> {
    await this.#request(() => {
      const key = `${person} ${document}`;
      const { readPositions } = this.#database;
      readPositions.set(key, Math.max(readPositions.get(key) ?? 0, seq));
    });
  }

  #request<T>(work: () => T): Promise<T> {
    return this.#database.request(this.#process, work);
  }
}

function leaseKey({ document, generation }: Lease, clientId: number): string {
  return `${document} ${String(generation)} ${String(clientId)}`;
}

function holderOf({ person, device }: Lease): string {
  return `${person} ${device}`;
}
