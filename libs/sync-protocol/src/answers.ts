/** What the server answers and sends. Binary is raw bytes; sequence numbers are integers below 2^53. */
import type { RejectionCode } from './codes.ts';

export interface Refusal {
  readonly status: 'refused';
  readonly code: RejectionCode;
  readonly message: string;
}

export interface Opened<Rights> {
  readonly status: 'open';
  readonly document: string;
  /** The client id to write with. */
  readonly clientId: number;
  readonly generation: number;
  readonly seq: number;
  /** What `stateVector` lacks; everything, if the generation is another. */
  readonly update: Uint8Array;
  readonly rights: Rights;
}

export type OpenAnswer<Rights> = Opened<Rights> | Refusal;

export interface RefusedChange {
  readonly register: string;
  readonly record: string;
  readonly field: string;
  /** Where it is an element of a set. */
  readonly element?: string;
  readonly code: RejectionCode;
  readonly message: string;
  /** With `value.changed`: what stands in the cell, whose it is, and since when. */
  readonly standing?: AttributedValue;
}

export type UpdateAnswer =
  | {
      readonly status: 'committed';
      readonly seq: number;
      /** The edit was in the log before these bytes came, maybe in another form: this is its first answer, given again. */
      readonly again?: true;
    }
  | {
      readonly status: 'rejected';
      readonly code: RejectionCode;
      readonly message: string;
      readonly changes: readonly RefusedChange[];
    }
  | { readonly status: 'resync' };

export interface UpdateEvent {
  readonly document: string;
  /** The last sequence this socket had been sent for the document; another one means `open` again. */
  readonly after: number;
  readonly seq: number;
  readonly update: Uint8Array;
}

export interface Place {
  readonly record: string;
  readonly field: string;
}

export interface PersonPresent {
  readonly session: string;
  readonly user: string;
  readonly name: string;
  readonly party: string;
  readonly at: Place | null;
  readonly editing: boolean;
}

export interface PresenceEvent {
  readonly document: string;
  readonly people: readonly PersonPresent[];
  /** Sessions that left. */
  readonly gone: readonly string[];
}

export interface AttributedValue {
  readonly value: unknown;
  readonly user: string;
  /** Who that is, for the screen. */
  readonly name?: string;
  readonly party?: string;
  /** When it was written (RFC 3339). */
  readonly at?: string;
}

export interface ConflictEvent {
  readonly document: string;
  readonly seq: number;
  readonly record: string;
  readonly field: string;
  readonly kept: AttributedValue;
  readonly other: AttributedValue;
}

export interface RightsEvent<Rights> {
  readonly document: string;
  readonly rights: Rights;
}

export type ClosedEvent =
  | { readonly document: string; readonly code: RejectionCode }
  | {
      readonly document: string;
      readonly code: 'generation';
      readonly generation: number;
      readonly seq: number;
      readonly hash: string;
    };

/** Event names, one place. */
export const syncEvents = {
  open: 'open',
  update: 'update',
  presence: 'presence',
  read: 'read',
  leave: 'leave',
  conflict: 'conflict',
  rights: 'rights',
  closed: 'closed',
} as const;

export const syncNamespace = '/sync';
