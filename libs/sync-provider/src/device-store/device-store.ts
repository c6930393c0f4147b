/** What a device keeps between visits, per person: acknowledged state, leases, outbox, tray and undo steps. */
import type { Intent } from '@lodestone/document-model';
import type { TrayItem } from '../tray-item.ts';
import type { UndoStep } from '../undo-step.ts';

/** Everything the server had acknowledged or sent of a document up to a sequence. */
export interface StoredState {
  readonly document: string;
  readonly generation: number;
  readonly seq: number;
  readonly update: Uint8Array;
}

/** What came later than the state it lies beside. Several tabs may keep the same content: Yjs takes it once. */
export interface StoredChunk {
  readonly document: string;
  readonly id: string;
  readonly generation: number;
  readonly update: Uint8Array;
  /** It holds everything later than `after` up to `seq`; a chunk of one's own edit promises nothing. */
  readonly reach?: { readonly after: number; readonly seq: number };
}

export interface StoredDocument {
  readonly state: StoredState;
  readonly chunks: readonly StoredChunk[];
}

/** The client id that a slot of this device writes with. */
export interface StoredLease {
  readonly document: string;
  readonly slot: number;
  readonly clientId: number;
  readonly generation: number;
}

export interface OutboxEntry {
  readonly edit: string;
  readonly document: string;
  readonly slot: number;
  /** Position among the entries of its document and slot. */
  readonly order: number;
  /** The act that it is part of. */
  readonly group: string;
  readonly intents: readonly Intent[];
  readonly seen: number;
  readonly at: number;
  readonly generation: number;
  readonly clientId: number;
  readonly clock: number;
  readonly until: number;
  readonly update: Uint8Array;
  /** These bytes may have been sent; the device knows it before they are. */
  readonly sent: boolean;
  /** Other bytes of this edit may have been sent, and may be in the log. */
  readonly uncertain: boolean;
}

export interface StoredUndoStep extends UndoStep {
  readonly slot: number;
}

export type DeviceChange =
  /** Takes the place of an older state and of the named chunks; ignored where a newer state stands. */
  | {
      readonly change: 'put-state';
      readonly state: StoredState;
      readonly chunks: readonly string[];
    }
  | { readonly change: 'put-chunk'; readonly chunk: StoredChunk }
  /** The document may no longer be read: its content leaves the device. */
  | { readonly change: 'drop-document'; readonly document: string }
  | { readonly change: 'put-lease'; readonly lease: StoredLease }
  | { readonly change: 'remove-lease'; readonly document: string; readonly slot: number }
  | { readonly change: 'put-outbox'; readonly entry: OutboxEntry }
  | { readonly change: 'remove-outbox'; readonly edit: string }
  | { readonly change: 'put-tray'; readonly item: TrayItem }
  | { readonly change: 'remove-tray'; readonly edit: string }
  | { readonly change: 'put-undo'; readonly step: StoredUndoStep }
  | { readonly change: 'remove-undo'; readonly slot: number; readonly id: number };

export interface DeviceStore {
  /** Names the store on this device, for locks. */
  readonly name: string;
  /** Whether it outlives the page. */
  readonly durable: boolean;
  /** The device's own id: the one kept, or `fresh`, which is kept from then on. */
  device(fresh: string): Promise<string>;
  readDocument(document: string): Promise<StoredDocument | undefined>;
  readLease(document: string, slot: number): Promise<StoredLease | undefined>;
  /** The entries of all slots, in order. */
  readOutbox(): Promise<readonly OutboxEntry[]>;
  /** Oldest first. */
  readTray(): Promise<readonly TrayItem[]>;
  /** The steps of a slot, oldest first. */
  readUndo(slot: number): Promise<readonly UndoStep[]>;
  /** Makes all changes, in order, or none of them. */
  apply(changes: readonly DeviceChange[]): Promise<void>;
  close(): void;
}

/** A state takes another's place unless that one is newer. */
export function isNewer(state: StoredState, than: StoredState): boolean {
  if (state.generation !== than.generation) return state.generation > than.generation;

  return state.seq > than.seq;
}
