/** What an inspection finds: the changes an update makes, or why it makes none. */
import type { RecordId, RegisterName, Words } from '@lodestone/document-model';
import type { LaterChange } from './author.ts';

/** The codes of this library's refusals; sync-protocol lists the same words. */
export type RefusalCode =
  | 'access.denied'
  | 'value.invalid'
  | 'value.changed'
  | 'record.exists'
  | 'record.unknown'
  | 'update.malformed'
  | 'update.too-large'
  | 'client-id.foreign';

/** `create` writes a birth value, `move` and `approve` move a lifecycle, `set` writes any other cell. */
export type ChangeOp = 'create' | 'set' | 'move' | 'approve';

/** A change that the update makes if it is applied now. */
export interface PlannedChange {
  readonly record: RecordId;
  /** Empty for the birth of a record. */
  readonly field: string;
  /** The element of a set field; `old` and `new` then say whether it is in the set. */
  readonly element?: string;
  readonly op: ChangeOp;
  /** The committed value before; null for an empty cell and for a birth. */
  readonly old: unknown;
  /** The value the author wrote, also where it will lose. */
  readonly new: unknown;
  /** Another person changed the cell after what the author had seen, within the time in which one value wins. */
  readonly conflict?: LaterChange;
  /** The author's copy did not hold the cell's present value, so Yjs decides which one stays. */
  readonly concurrent: boolean;
}

export interface CellChange extends Omit<PlannedChange, 'concurrent'> {
  /** `applied` without a rival, `won` over one, `lost` to one: the cell still holds the rival's value. */
  readonly outcome: 'applied' | 'won' | 'lost';
}

export interface RefusedChange {
  readonly register: RegisterName;
  /** As far as the key can be read; it may be no record's id. */
  readonly record: string;
  /** Empty where the record as a whole is meant. */
  readonly field: string;
  readonly element?: string;
  readonly code: RefusalCode;
  readonly message: Words;
  /** The value that its author wrote, as it came; absent where he wrote none. For the log, never for an answer. */
  readonly wanted?: unknown;
}

export interface Admitted {
  readonly verdict: 'admitted';
  readonly clientId: number;
  /** The clock of the update's first item. */
  readonly clock: number;
  /** The clock after its last item. */
  readonly end: number;
  readonly changes: readonly PlannedChange[];
}

export interface Rejected {
  readonly verdict: 'rejected';
  /** Of the first refused cell, or of the update as a whole. */
  readonly code: RefusalCode;
  readonly message: Words;
  /** Every refused cell up to a bound; none where the update cannot be read. */
  readonly changes: readonly RefusedChange[];
}

/** Something the update builds on is not here; `missing` says what, for the log. */
export interface Resync {
  readonly verdict: 'resync';
  readonly missing: 'earlier-edits' | 'neighbour' | 'deleted-item';
}

export type Inspection =
  | Admitted
  | Rejected
  | Resync
  /** All of it is here already. */
  | { readonly verdict: 'duplicate' }
  /** Part of it is here already: cut it with `Admission.trim` and inspect the rest. */
  | { readonly verdict: 'trim' };
