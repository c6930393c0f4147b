/** What an inspection asks about the author of an update. The caller closes over rights, `seen` and the clock. */
import type { Action, Decision } from '@lodestone/access-policy';
import type { PartyCode, RecordId } from '@lodestone/document-model';

/** One touched cell, as a question of access. */
export interface AccessQuestion {
  readonly action: Action;
  readonly record: RecordId;
  /** The committed record's owners; at a birth, those that the birth value names. */
  readonly owners: readonly PartyCode[];
  /** Absent for the creation of a record. */
  readonly field?: string;
}

/** A change by another person, later than what the author's screen held. */
export interface LaterChange {
  /** `recent`: so close that one value wins and both are told; `late`: the committed value stands. */
  readonly age: 'recent' | 'late';
  readonly person: string;
  readonly seq: number;
}

export interface Author {
  /** The client id that is leased to the author's session. */
  readonly clientId: number;
  decide(question: AccessQuestion): Decision;
  /** The newest change by another person after `seen`: of the cell, or of any cell where only a record is given. */
  changedSince(record: RecordId, field?: string, element?: string): LaterChange | undefined;
}
