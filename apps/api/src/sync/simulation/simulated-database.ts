/**
 * The database of a simulation: what is committed, the locks that order its transactions, and the ways in which a
 * statement can fail. It keeps what PostgreSQL promises to a room, and no more than that.
 */
import type {
  CommittedChange,
  CompartmentTurn,
  GenerationStart,
  StoredGeneration,
} from '../document-store.ts';
import type { Head, LoggedChange, LoggedConflict, LoggedEntry } from '../log-entry.ts';
import { FairLock } from './fair-lock.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { VirtualTime } from './virtual-time.ts';

const lockTimeoutMs = 2_000;

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly party: string;
  readonly roles: readonly string[];
  readonly disabled: boolean;
}

export interface CompartmentRow {
  readonly id: string;
  readonly name_en: string;
  readonly name_ja: string;
  readonly marking: string;
  readonly parties: readonly string[];
  readonly everyone: boolean;
}

/** Who is told what a transaction is about to make true. */
export interface CommitWitness {
  committing(turn: CompartmentTurn): void;
}

export interface CompartmentTable {
  head: Head;
  readonly entries: LoggedEntry[];
  readonly changes: LoggedChange[];
  readonly conflicts: LoggedConflict[];
  readonly edits: Map<string, number>;
  readonly headLock: FairLock;
}

interface Surroundings {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly history: History;
}

export class SimulatedDatabase {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly history: History;
  readonly accessLock: FairLock;
  accessVersion = 1;
  readonly people = new Map<string, PersonRow>();
  /** The live sessions, and whose they are. */
  readonly sessions = new Map<string, string>();
  readonly compartmentRows: CompartmentRow[] = [];
  readonly compartments = new Map<string, CompartmentTable>();
  readonly documents = new Map<string, { generation: number }>();
  readonly snapshots = new Map<string, StoredGeneration>();
  readonly leases = new Map<string, string>();
  readonly readPositions = new Map<string, number>();
  witness: CommitWitness = { committing: () => undefined };

  constructor({ time, random, faults, history }: Surroundings) {
    this.time = time;
    this.random = random;
    this.faults = faults;
    this.history = history;
    this.accessLock = new FairLock(time, lockTimeoutMs);
  }

  addCompartment(row: CompartmentRow): void {
    this.compartmentRows.push(row);
    this.compartments.set(row.id, {
      head: { seq: 0, frontier: new Uint8Array() },
      ...{ entries: [], changes: [], conflicts: [], edits: new Map() },
      headLock: new FairLock(this.time, lockTimeoutMs),
    });
  }

  compartment(id: string): CompartmentTable {
    const table = this.compartments.get(id);
    if (table === undefined) throw new Error(`compartment ${id} has no head row`);

    return table;
  }

  /** The way of a statement to the database, or of its answer back. */
  async travel(): Promise<void> {
    await this.time.wait(this.random.between(0.1, 0.8) * this.faults.databaseSlowness);
  }

  /** One statement by itself: there, done in one step, and back into the process that asked. */
  request<T>(process: SimulatedProcess, work: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = (settle: () => void) => {
        void this.travel().then(() => {
          process.run(settle);
        });
      };
      void this.travel().then(async () => {
        // What was sent before its process was killed may have got through.
        if (process.isDead && this.random.chance(0.5)) return;
        try {
          if (this.faults.isDatabaseDown) throw refused();
          if (this.random.chance(this.faults.statementFailure)) throw connectionLost();
          const value = await work();
          answer(() => {
            resolve(value);
          });
        } catch (error) {
          answer(() => {
            reject(error instanceof Error ? error : new Error(String(error)));
          });
        }
      });
    });
  }

  /** What an insert of these entries would break. */
  findDuplicate({ compartment, turn }: CompartmentTurn): Error | undefined {
    const { edits, head } = this.compartment(compartment);
    const known = this.faults.sabotage === 'forget-edits' ? new Map<string, number>() : edits;
    const fresh = new Set<string>();
    for (const { meta } of turn.entries) {
      if (meta.seq <= head.seq) return uniqueViolation('log_entry_pkey');
      if (meta.outcome !== 'admitted' || meta.edit === null) continue;
      if (known.has(meta.edit) || fresh.has(meta.edit))
        return uniqueViolation('log_entry_edit_key');
      fresh.add(meta.edit);
    }

    return undefined;
  }

  /** From here on it is so, for everybody. */
  commit(turn: CompartmentTurn): void {
    if (turn.turn.entries.length === 0) return;
    this.witness.committing(turn);
    const table = this.compartment(turn.compartment);
    const { head, entries, changes, conflicts } = turn.turn;
    table.head = head;
    table.entries.push(...entries);
    table.changes.push(...changes);
    table.conflicts.push(...conflicts);
    for (const { meta } of entries) {
      if (meta.outcome === 'admitted' && meta.edit !== null) table.edits.set(meta.edit, meta.seq);
    }
    this.history.note('database', `commit ${turn.compartment} to ${String(head.seq)}`);
  }

  startGeneration(stored: StoredGeneration): void {
    this.documents.set(stored.document, { generation: stored.generation });
    this.snapshots.set(stored.document, stored);
  }

  /** What a reader of the log is given of one entry; undefined for a refusal. */
  static stepOf({ meta, payload }: LoggedEntry) {
    if (meta.outcome !== 'admitted') return undefined;
    const { document, seq } = meta;
    if (payload.update !== null) return { document, seq, update: payload.update };
    const [start] = payload.changes as unknown as readonly GenerationStart[];

    return start && { document, seq, start: { generation: start.generation, hash: start.hash } };
  }

  static toCommittedChange(change: LoggedChange): CommittedChange {
    const { register, record, field, seq, person, recordedAt } = change;

    return { register, record, field, seq, person, recordedAt, value: change.new };
  }
}

/** As `pg` says it when the server is not there. */
function refused(): Error {
  return Object.assign(new Error('connect ECONNREFUSED'), {
    ...{ code: 'ECONNREFUSED', syscall: 'connect' },
  });
}

/** As `pg` says it when the connection breaks; what was asked may have been done. */
export function connectionLost(): Error {
  return new Error('Connection terminated unexpectedly');
}

function uniqueViolation(constraint: string): Error {
  return Object.assign(
    new Error(`duplicate key value violates unique constraint "${constraint}"`),
    {
      code: '23505',
    },
  );
}
