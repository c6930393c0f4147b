/** What a room needs of storage. Everything of one turn happens in one transaction, behind two locks. */
import type { Queryable } from '../database/app-pool.ts';
import type { Head, LoggedChange, LoggedConflict, LoggedEntry } from './log-entry.ts';

/** `access-moved`: rights are others than those the turns were made by; nothing is written. */
export type Appended =
  | { readonly outcome: 'appended'; readonly compartments: ReadonlySet<string> }
  | { readonly outcome: 'access-moved' };

export interface StoredDocument {
  readonly generation: number;
  /** The document as Yjs updates, oldest first: a snapshot and what was admitted after it, up to the asked sequence. */
  readonly updates: readonly Uint8Array[];
  /** How many of them stand after the snapshot. */
  readonly tail: number;
  /** Who changed each cell last, of all changes after `changesFrom`. */
  readonly lastChanges: readonly LastChange[];
  readonly changesFrom: number;
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

/** A step of a document in the log: an update of its present generation, or the start of the next one. */
export type AdmittedStep = AdmittedUpdate | StartedGeneration;

interface AdmittedUpdate {
  readonly document: string;
  readonly seq: number;
  readonly update: Uint8Array;
}

export interface GenerationStart {
  readonly generation: number;
  /** Of the bytes that `encodeGeneration` makes of the records at this entry. */
  readonly hash: string;
}

export interface StartedGeneration {
  readonly document: string;
  readonly seq: number;
  readonly start: GenerationStart;
}

/** A generation of a document, as whole as it stands at a sequence. */
export interface StoredGeneration {
  readonly document: string;
  readonly generation: number;
  readonly seq: number;
  readonly state: Uint8Array;
}

export interface Turn {
  readonly head: Head;
  readonly entries: readonly LoggedEntry[];
  readonly changes: readonly LoggedChange[];
  readonly conflicts: readonly LoggedConflict[];
}

/** A turn, and the head it goes on from: if that has moved, nothing of it is written. */
export interface CompartmentTurn {
  readonly compartment: string;
  readonly from: Head;
  readonly turn: Turn;
}

/** The steps of a turn, in their order: access row shared, head row exclusive, then reads and the append. */
export interface TurnTransaction extends Queryable {
  /** Takes the access row shared and tells its version. */
  lockAccess(): Promise<number>;
  /** Takes the head row of the compartment. */
  lockHead(): Promise<Head>;
  stepsAfter(seq: number): Promise<readonly AdmittedStep[]>;
  changesAfter(seq: number): Promise<readonly CommittedChange[]>;
  /** The sequence numbers of edits that are in the log already. */
  committedEdits(edits: readonly string[]): Promise<ReadonlyMap<string, number>>;
  append(turn: Turn, from: Head): Promise<void>;
  /** From here on the document is of this generation; the entry that says so is appended by its turn. */
  startGeneration(stored: StoredGeneration): Promise<void>;
}

export interface Lease {
  readonly document: string;
  readonly generation: number;
  readonly person: string;
  readonly device: string;
}

export interface DocumentStore {
  /** Writes turns that were made without locks, by rights of this version: each where its head has not moved. */
  append(turns: readonly CompartmentTurn[], accessVersion: number): Promise<Appended>;
  /** The sequence numbers of edits that are in the log already. */
  committedEdits(
    compartment: string,
    edits: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
  transact<T>(compartment: string, work: (turn: TurnTransaction) => Promise<T>): Promise<T>;
  head(compartment: string): Promise<Head>;
  /** Makes the document where it does not exist yet. */
  load(compartment: string, register: string, seq: number): Promise<StoredDocument>;
  stepsAfter(compartment: string, seq: number, upTo: number): Promise<readonly AdmittedStep[]>;
  changesAfter(compartment: string, seq: number, upTo: number): Promise<readonly CommittedChange[]>;
  /** The last change of each cell of a register among those after one sequence, up to another. */
  lastChanges(
    compartment: string,
    register: string,
    range: { readonly after: number; readonly upTo: number },
  ): Promise<readonly LastChange[]>;
  saveSnapshot(snapshot: StoredGeneration): Promise<void>;
  /** The sequence of the admitted entry with exactly these bytes. */
  seqOf(document: string, clientId: number, update: Uint8Array): Promise<number | undefined>;
  holdsLease(lease: Lease, clientId: number): Promise<boolean>;
  /** False where the id has been given to somebody already. */
  addLease(lease: Lease, clientId: number): Promise<boolean>;
  unreadConflicts(document: string, person: string): Promise<readonly LoggedConflict[]>;
  /** Those of some documents after one sequence, up to another. */
  conflictsAfter(
    documents: readonly string[],
    seq: number,
    upTo: number,
  ): Promise<readonly LoggedConflict[]>;
  markRead(document: string, person: string, seq: number): Promise<void>;
}
