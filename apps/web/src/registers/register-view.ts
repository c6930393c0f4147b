/**
 * A register as a screen sees it: the union of its documents in all compartments the reader is in. The grid and the
 * record panel know this interface and nothing of synchronisation; the workspace implements it over the provider.
 */
import type { Decision } from '@lodestone/access-policy';
import type {
  CompartmentId,
  RecordId,
  Register,
  RegisterRecord,
  Surroundings,
  Value,
} from '@lodestone/document-model';

export interface CompartmentMark {
  readonly id: CompartmentId;
  readonly marking: string;
}

/** One cell to be written: a set field is given whole, and becomes the elements that differ. */
export interface CellEdit {
  readonly record: RecordId;
  readonly field: string;
  readonly value: Value;
}

/** A row to be made, with its first values; its owner fields are filled in by the view. */
interface NewRecord {
  readonly compartment: CompartmentId;
  readonly fields: Readonly<Record<string, Value>>;
}

/** Everything that one act of a person changes; it is undone as one. */
export interface Act {
  readonly edits: readonly CellEdit[];
  readonly created?: readonly NewRecord[];
}

export type ActOutcome =
  | { readonly status: 'done'; readonly created: readonly RecordId[] }
  /** Nothing was changed; the decision of the first cell that may not be written. */
  | {
      readonly status: 'denied';
      readonly record: RecordId;
      readonly field: string;
      readonly decision: Decision;
    };

export type UndoOutcome =
  | { readonly status: 'done'; readonly record: RecordId; readonly field: string | undefined }
  | { readonly status: 'nothing' }
  /** The act was in a register that is not open on this screen: it is being opened, nothing was done yet. */
  | { readonly status: 'opening'; readonly register: string }
  /** Someone changed the cell since; nothing was done. `undoAnyway` restores it all the same. */
  | {
      readonly status: 'changed-since';
      readonly record: RecordId;
      readonly field: string;
      readonly now: Value;
      /** What the person's own act had left there, and what would stand there afterwards. */
      readonly left: Value;
      readonly restored: Value;
      undoAnyway(): void;
    };

/** `conflict`: changed by the reader and another person at once · `refused`: an edit of his was not accepted. */
export type Attention = 'conflict' | 'refused';

export interface Peer {
  /** The session; one person may have several. */
  readonly session: string;
  readonly person: string;
  readonly name: string;
  readonly party: string;
  readonly field: string;
  readonly record: RecordId;
  readonly editing: boolean;
}

export interface RegisterView {
  readonly register: Register;
  /** Whether every document has been opened and read once. */
  isReady(): boolean;
  /** The ids of all records that are not archived, unsorted; the same array until the list changes. */
  ids(): readonly RecordId[];
  subscribeIds(listener: () => void): () => void;
  record(id: RecordId): RegisterRecord | undefined;
  subscribeRecord(id: RecordId, listener: () => void): () => void;
  /** Called with the ids of the records whose cells changed, at most once an animation frame. */
  subscribeChanges(listener: (changed: ReadonlySet<RecordId>) => void): () => void;
  markOf(id: RecordId): CompartmentMark | undefined;
  /** Compartments in which the reader may make a record, the narrowest first. */
  compartments(): readonly CompartmentMark[];
  /** May this cell be set (to this value, where it is known)? */
  decide(id: RecordId, field: string, to?: Value): Decision;
  /** The same object until a title it knows, the language or a right changed. */
  around(): Surroundings;
  /** Called when `around()` became another object: the whole grid is then drawn anew. */
  subscribeSurroundings(listener: () => void): () => void;
  /** Resolves references to other registers: the records a reference field may name. */
  candidates(
    register: string,
  ): readonly { readonly id: RecordId; readonly title: string; readonly record: RegisterRecord }[];
  act(act: Act): ActOutcome;
  undo(): UndoOutcome;
  redo(): UndoOutcome;
  peersAt(id: RecordId): readonly Peer[];
  subscribePeers(id: RecordId, listener: () => void): () => void;
  /** Fields of the record that wait for the reader's word; the same map until one comes or goes. */
  attentionAt(id: RecordId): ReadonlyMap<string, Attention>;
  subscribeAttention(id: RecordId, listener: () => void): () => void;
  /** Tells the others where this person stands; null when he left the grid. */
  stand(
    at: { readonly record: RecordId; readonly field: string } | null,
    state: { readonly editing: boolean },
  ): void;
}
