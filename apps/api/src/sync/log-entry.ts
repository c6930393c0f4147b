/** What one turn writes: log entries with their leaves, the projection of their changes, and conflicts. */
import type { EntryMeta, EntryPayload, Hash } from '@lodestone/audit-log';

export interface LoggedEntry {
  readonly meta: EntryMeta;
  readonly payload: EntryPayload;
  readonly leaf: Hash;
}

/** A changed cell; field '' is the birth of the record, `<field>/<element>` an element of a set. */
export interface LoggedChange {
  readonly register: string;
  readonly record: string;
  readonly field: string;
  readonly seq: number;
  readonly old: unknown;
  readonly new: unknown;
  readonly person: string;
  readonly recordedAt: string;
}

export interface LoggedConflict {
  readonly document: string;
  readonly seq: number;
  readonly record: string;
  readonly field: string;
  readonly kept: Attributed;
  readonly other: Attributed;
}

interface Attributed {
  readonly value: unknown;
  readonly person: string;
}

export interface Head {
  readonly seq: number;
  readonly frontier: Uint8Array;
}
