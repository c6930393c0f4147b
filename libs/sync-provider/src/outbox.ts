/** The edits of one document that are on their way, in order: here, and on the device. */
import type { OutboxEntry } from './device-store/device-store.ts';
import type { Journal } from './device-store/journal.ts';

export interface PendingEdit {
  entry: OutboxEntry;
  /** The device has it, or has said that it cannot take it. */
  written: boolean;
  /** How often these bytes were sent without an answer: they may be in the log. */
  unanswered: number;
  /** How often in a row the server could not place these bytes. */
  resyncs: number;
}

/** So many edits at a time are announced. */
export const manyAnnounced = 256;

export class Outbox {
  readonly #pending = new Map<string, PendingEdit>();
  #nextOrder = 0;
  readonly #journal: Journal;
  readonly #written: () => void;

  /** @param written called when edits are on the device and may be sent */
  constructor(journal: Journal, written: () => void) {
    this.#journal = journal;
    this.#written = written;
  }

  get size(): number {
    return this.#pending.size;
  }

  all(): Iterable<PendingEdit> {
    return this.#pending.values();
  }

  /** The place of the next edit. */
  takeOrder(): number {
    return this.#nextOrder++;
  }

  add(pending: PendingEdit): void {
    this.#pending.set(pending.entry.edit, pending);
    this.#nextOrder = Math.max(this.#nextOrder, pending.entry.order + 1);
  }

  get(edit: string): PendingEdit | undefined {
    return this.#pending.get(edit);
  }

  /** Here alone: what becomes of it on the device is part of what becomes of it. */
  remove(edit: string): void {
    this.#pending.delete(edit);
  }

  /** Empties it, for all of it to be written anew. */
  takeAll(): readonly PendingEdit[] {
    const taken = [...this.#pending.values()];
    this.#pending.clear();

    return taken;
  }

  /** Puts them on the device, in one step. */
  keep(edits: readonly PendingEdit[]): void {
    if (edits.length === 0) return;
    for (const pending of edits) pending.written = false;
    const changes = edits.map(({ entry }) => ({ change: 'put-outbox', entry }) as const);
    void this.#journal.write(changes).then(() => {
      for (const pending of edits) pending.written = true;
      this.#written();
    });
  }

  /** Before edits are sent the device is told: after a crash those may be in the log, and no others. */
  announce(): void {
    const due: PendingEdit[] = [];
    for (const pending of this.#pending.values()) {
      if (due.length === manyAnnounced) break;
      if (pending.entry.sent || !pending.written) continue;
      pending.entry = { ...pending.entry, sent: true };
      due.push(pending);
    }
    this.keep(due);
  }

  /** It is settled: the device need not keep it. */
  forget(edit: string): void {
    void this.#journal.write([{ change: 'remove-outbox', edit }]);
  }
}
