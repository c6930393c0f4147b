/** One update on its way through a room: who sent it, as what, and how he is answered. */
import type { Register } from '@lodestone/document-model';
import type { RejectionCode, UpdateAnswer } from '@lodestone/sync-protocol';

/** The session that an edit, a refusal and a presence are stamped with. */
export interface SyncSession {
  /** The socket's public name, seen by others in presence. */
  readonly id: string;
  /** The signed-in session, by the hash that names it in the database and in the log. */
  readonly session: string;
  readonly person: string;
}

export interface SubmittedEdit {
  readonly session: SyncSession;
  readonly register: Register;
  readonly clientId: number;
  /** Of the document as its author has it open; in another one the update means nothing. */
  readonly generation: number;
  readonly update: Uint8Array;
  readonly edit: string | null;
  /** The last sequence the author's screen held. */
  readonly seen: number;
  /** Made since its socket opened the document: it is not in the log yet, unless its author is not honest. */
  readonly isFresh?: boolean;
  /** The sample's loader alone: an act of the workspace itself, which no role is asked for. */
  readonly unquestioned?: true;
  /** Answered already and only to be written down; `counted`: the counts of refusals that wait. */
  readonly refused?: { readonly code: RejectionCode; readonly message: string } | 'counted';
  answer(answer: UpdateAnswer): void;
}
