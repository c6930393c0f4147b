/**
 * What the screens need of the synchronised workspace. The screens know this interface only; `Workspace` implements it
 * over the provider. Every snapshot (`status`, `people`, `notAccepted`, `conflicts`) is the same object until it changes.
 */
import type { MeAnswer } from '@lodestone/api-contract';
import type { Intent, Language, RecordId, Value, Words } from '@lodestone/document-model';
import type { RejectionCode } from '@lodestone/sync-protocol';
import type { ActOutcome, RegisterView } from '../registers/register-view.ts';

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
  /** Cells that the reader and another person changed at the same time, and about which he has not decided yet. */
  readonly conflicts: number;
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

/** An act that was not accepted, or not in whole: it stays on this device until its author disposes of it. */
export interface RefusedAct {
  readonly id: string;
  /** When it was made, in milliseconds since 1970. */
  readonly at: number;
  readonly lines: readonly RefusedLine[];
}

/** What an act wanted of one cell, or the record it wanted to make. */
export interface RefusedLine {
  readonly id: string;
  readonly edit: string;
  readonly compartment: string;
  readonly register: string;
  readonly record: RecordId;
  /** Empty for a new record. */
  readonly field: string;
  readonly wanted: Wanted;
  /** What would be sent again. */
  readonly intents: readonly Intent[];
  /** `group.stopped`: nothing is wrong with it, but with another part of its act. */
  readonly code: RejectionCode | 'group.stopped';
  readonly reason: Words;
  readonly remedy?: Words;
}

export type Wanted =
  | { readonly kind: 'value'; readonly value: Value }
  | {
      readonly kind: 'elements';
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Value>> };

/** A cell that the reader and another person changed without having seen each other's change (D9). */
export interface CellConflict {
  readonly id: string;
  readonly document: string;
  readonly compartment: string;
  readonly register: string;
  readonly record: RecordId;
  readonly field: string;
  /** The element of a set that is in dispute; its values are whether it is in. */
  readonly element?: string;
  /** The cell in the terms of the log: the field, or the field and the element. */
  readonly cell: string;
  readonly seq: number;
  readonly mine: ConflictSide;
  readonly theirs: ConflictSide;
}

export interface ConflictSide {
  readonly value: Value;
  readonly person: string;
  readonly name: string;
  readonly party: string;
}

export interface WorkspacePort {
  /** The same object for a name as long as it is used. */
  registerView(name: string): RegisterView;
  status(): WorkspaceStatus;
  subscribeStatus(listener: () => void): () => void;
  people(registerName: string): readonly PersonHere[];
  subscribePeople(registerName: string, listener: () => void): () => void;
  notAccepted(): readonly RefusedAct[];
  subscribeNotAccepted(listener: () => void): () => void;
  discard(lines: readonly RefusedLine[]): void;
  /** Sends them as new edits of today: their author has seen what stands now. */
  retry(lines: readonly RefusedLine[]): void;
  conflicts(): readonly CellConflict[];
  subscribeConflicts(listener: () => void): () => void;
  /** Makes one of the values stand, as an edit like any other, or leaves what stands; the conflict is then over. */
  resolve(conflict: CellConflict, choice: 'mine' | 'theirs' | 'standing'): ActOutcome;
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
