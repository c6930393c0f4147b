/** The state of one document that the server stands behind: what a reset starts from, in memory and on the device. */
import type { DeviceChange, StoredChunk, StoredDocument } from './device-store/device-store.ts';
import type { Journal } from './device-store/journal.ts';

/** So many chunks are put together into one state, where that is cheap; and so many times more, where it is not. */
const manyChunks = 256;
const farTooMany = 8;

export interface Heard {
  readonly seq: number;
  readonly update: Uint8Array;
}

export class AcknowledgedState {
  readonly generation: number;
  readonly #document: string;
  readonly #journal: Journal;
  readonly #newChunkId: () => string;
  #seq: number;
  #updates: Uint8Array[];
  #chunks: string[];

  private constructor(
    { state, chunks }: StoredDocument,
    journal: Journal,
    newChunkId: () => string,
  ) {
    this.generation = state.generation;
    this.#document = state.document;
    this.#journal = journal;
    this.#newChunkId = newChunkId;
    this.#seq = seqOf({ state, chunks });
    this.#updates = [state.update, ...chunks.map((chunk) => chunk.update)];
    this.#chunks = chunks.map((chunk) => chunk.id);
  }

  /** What the device had. */
  static kept(stored: StoredDocument, journal: Journal, newId: () => string): AcknowledgedState {
    return new AcknowledgedState(stored, journal, newId);
  }

  /** A whole document as the server sent it: it takes the place of whatever the device had. */
  static received(
    state: StoredDocument['state'],
    journal: Journal,
    newId: () => string,
  ): AcknowledgedState {
    void journal.write([{ change: 'put-state', state, chunks: [] }]);

    return new AcknowledgedState({ state, chunks: [] }, journal, newId);
  }

  /** Everything up to here is in it. */
  get seq(): number {
    return this.#seq;
  }

  updates(): readonly Uint8Array[] {
    return this.#updates;
  }

  /** What the server sent: everything later than the present sequence up to a new one. */
  hear({ seq, update }: Heard): void {
    const after = this.#seq;
    this.#seq = Math.max(after, seq);
    if (this.#seq === after && isEmpty(update)) return;
    void this.#append(update, { reach: { after, seq: this.#seq } }, []);
  }

  /** An edit of this client's own, now that it is committed; it leaves the outbox in the same step. */
  join({ seq, update }: Heard, edit: string): void {
    const after = this.#seq;
    // The compartment counts without gaps: between two neighbours nobody has written.
    const isNext = seq === after + 1;
    if (isNext) this.#seq = seq;
    const reach = isNext ? { reach: { after, seq } } : {};
    void this.#append(update, reach, [{ change: 'remove-outbox', edit }]);
  }

  /** Whether it should be written anew: soon, where the screen holds it whole, later where it has to be built. */
  isScattered(state: { readonly built: boolean }): boolean {
    return this.#chunks.length >= manyChunks * (state.built ? 1 : farTooMany);
  }

  /** @param update the whole state as one update */
  compact(update: Uint8Array): void {
    const state = {
      document: this.#document,
      generation: this.generation,
      seq: this.#seq,
      update,
    };
    void this.#journal.write([{ change: 'put-state', state, chunks: this.#chunks }]);
    this.#updates = [update];
    this.#chunks = [];
  }

  #append(
    update: Uint8Array,
    reach: Pick<StoredChunk, 'reach'>,
    along: readonly DeviceChange[],
  ): Promise<void> {
    const id = this.#newChunkId();
    this.#updates.push(update);
    this.#chunks.push(id);
    const { generation } = this;
    const chunk = { document: this.#document, id, generation, update, ...reach };

    return this.#journal.write([{ change: 'put-chunk', chunk }, ...along]);
  }
}

/** No struct and no deletion. */
function isEmpty(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0;
}

/** The sequence up to which nothing is missing: several tabs have written, and any of them may have been cut off. */
function seqOf({ state, chunks }: StoredDocument): number {
  const reaches = chunks.map((chunk) => chunk.reach).filter((reach) => reach !== undefined);
  let seq = state.seq;
  for (const reach of reaches.sort((a, b) => a.after - b.after)) {
    if (reach.after <= seq) seq = Math.max(seq, reach.seq);
  }

  return seq;
}
