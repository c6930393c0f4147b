/** What a room needs of storage. Everything of one turn happens in one transaction, behind two locks. */
import type { Queryable } from '../database/app-pool.ts';
import type { Head, LoggedChange, LoggedConflict, LoggedEntry } from './log-entry.ts';

export interface StoredDocument {
  readonly generation: number;
  /** The document as Yjs updates, oldest first: a snapshot and what was admitted after it, up to the asked sequence. */
  readonly updates: readonly Uint8Array[];
  /** How many of them stand after the snapshot. */
  readonly tail: number;
  readonly lastChanges: readonly LastChange[];
}

/** Who changed a cell last, and when. */
export interface LastChange {
  readonly record: string;
  readonly field: string;
  readonly seq: number;
  readonly person: string;
  readonly recordedAt: string;
  readonly value: unknown;
}

/** One change of a cell, in the order of the log. */
export interface CommittedChange extends LastChange {
  readonly register: string;
}

export interface AdmittedUpdate {
  readonly document: string;
  readonly seq: number;
  readonly update: Uint8Array;
}

export interface Turn {
  readonly head: Head;
  readonly entries: readonly LoggedEntry[];
  readonly changes: readonly LoggedChange[];
  readonly conflicts: readonly LoggedConflict[];
}

/** The steps of a turn, in their order: access row shared, head row exclusive, then reads and the append. */
export interface TurnTransaction extends Queryable {
  /** Takes the access row shared and tells its version. */
  lockAccess(): Promise<number>;
  /** Takes the head row of the compartment. */
  lockHead(): Promise<Head>;
  updatesAfter(seq: number): Promise<readonly AdmittedUpdate[]>;
  changesAfter(seq: number): Promise<readonly CommittedChange[]>;
  /** The sequence numbers of edits that are in the log already. */
  committedEdits(edits: readonly string[]): Promise<ReadonlyMap<string, number>>;
  append(turn: Turn): Promise<void>;
}

export interface Lease {
  readonly document: string;
  readonly generation: number;
  readonly person: string;
  readonly device: string;
}

export interface DocumentStore {
  transact<T>(compartment: string, work: (turn: TurnTransaction) => Promise<T>): Promise<T>;
  head(compartment: string): Promise<Head>;
  /** Makes the document where it does not exist yet. */
  load(compartment: string, register: string, seq: number): Promise<StoredDocument>;
  updatesAfter(compartment: string, seq: number, upTo: number): Promise<readonly AdmittedUpdate[]>;
  changesAfter(compartment: string, seq: number, upTo: number): Promise<readonly CommittedChange[]>;
  saveSnapshot(
    document: string,
    snapshot: { generation: number; seq: number; state: Uint8Array },
  ): Promise<void>;
  /** The sequence of the admitted entry with exactly these bytes. */
  seqOf(document: string, clientId: number, update: Uint8Array): Promise<number | undefined>;
  holdsLease(lease: Lease, clientId: number): Promise<boolean>;
  /** False where the id has been given to somebody already. */
  addLease(lease: Lease, clientId: number): Promise<boolean>;
  unreadConflicts(document: string, person: string): Promise<readonly LoggedConflict[]>;
  markRead(document: string, person: string, seq: number): Promise<void>;
}
