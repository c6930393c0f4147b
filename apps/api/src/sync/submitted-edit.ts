/** One update on its way through a room: who sent it, as what, and how he is answered. */
import type { Register } from '@lodestone/document-model';
import type { UpdateAnswer } from '@lodestone/sync-protocol';

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
  readonly update: Uint8Array;
  readonly edit: string | null;
  /** The last sequence the author's screen held. */
  readonly seen: number;
  /** The sample's loader alone: an act of the workspace itself, which no role is asked for. */
  readonly unquestioned?: true;
  answer(answer: UpdateAnswer): void;
}
