/**
 * What the screens need of the synchronised workspace. The screens know this interface only; `Workspace` implements it
 * over the provider. Every snapshot (`status`, `people`, `notAccepted`) is the same object until it changes.
 */
import type { MeAnswer } from '@lodestone/api-contract';
import type { Language, RecordId, Words } from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';

export interface WorkspaceStatus {
  readonly state:
    | 'saved'
    | 'saving'
    | 'offline'
    | 'not-accepted'
    /** The server answers, its database does not: reading works, edits wait on this device. */
    | 'read-only'
    /** HTTP passes and WebSocket does not. */
    | 'blocked'
    /** This page is older than the server; edits wait on this device for a reload. */
    | 'outdated'
    /** The session has ended; edits wait on this device until the person signs in again. */
    | 'signed-out';
  /** Edits kept on this device that the server has not acknowledged. */
  readonly unsent: number;
  /** Edits in the tray "Not accepted". */
  readonly notAccepted: number;
  /** Since when the state holds, in milliseconds since 1970. */
  readonly since?: number;
}

/** A person whose screen shows the register. */
export interface PersonHere {
  readonly person: string;
  readonly name: string;
  readonly party: string;
  readonly record?: RecordId;
  readonly field?: string;
}

/** An edit that was not accepted: it stays on this device until its author disposes of it. */
export interface RefusedEdit {
  readonly id: string;
  readonly register: string;
  readonly record: RecordId;
  readonly recordTitle: string;
  /** Empty for a new record. */
  readonly field: string;
  /** The wanted value as text. */
  readonly value: string;
  readonly reason: Words;
  readonly remedy?: Words;
  /** When the edit was made, in milliseconds since 1970. */
  readonly at: number;
}

export interface WorkspacePort {
  /** The same object for a name as long as it is used. */
  registerView(name: string): RegisterView;
  status(): WorkspaceStatus;
  subscribeStatus(listener: () => void): () => void;
  people(registerName: string): readonly PersonHere[];
  subscribePeople(registerName: string, listener: () => void): () => void;
  notAccepted(): readonly RefusedEdit[];
  subscribeNotAccepted(listener: () => void): () => void;
  discard(id: string): void;
  retry(id: string): void;
  /** The highest marking among the records on screen; undefined before any has been read. */
  highestMarking(registerName: string): string | undefined;
  /** The language in which titles and values are written from now on. */
  setLanguage(language: Language): void;
  /** The same person has signed in again: connect with the new session and send what waits. */
  resume(me: MeAnswer): void;
  /** Ends all connections; what waits stays on this device. */
  close(): Promise<void>;
  /** Deletes everything this person has on this device. */
  wipe(): Promise<void>;
}

export interface WorkspaceEvents {
  /** The socket was told that the session has ended. */
  onSessionEnded(): void;
}

/** Opens the workspace of a signed-in person. A promise, so that the code of synchronisation is loaded after sign-in. */
export type OpenWorkspace = (me: MeAnswer, events: WorkspaceEvents) => Promise<WorkspacePort>;
