/** The edits of one document that are on their way, in order. */
import type { OutboxEntry } from './device-store/device-store.ts';

export interface PendingEdit {
  readonly entry: OutboxEntry;
  /** The device has it, or has said that it cannot take it. */
  written: boolean;
  /** How often these bytes were sent without an answer: they may be in the log. */
  unanswered: number;
  /** How often in a row the server could not place these bytes. */
  resyncs: number;
}

export class Outbox {
  #pending: PendingEdit[] = [];
  #nextOrder = 0;

  get size(): number {
    return this.#pending.length;
  }

  all(): readonly PendingEdit[] {
    return this.#pending;
  }

  /** The place of the next edit. */
  takeOrder(): number {
    return this.#nextOrder++;
  }

  add(pending: PendingEdit): void {
    this.#pending.push(pending);
    this.#nextOrder = Math.max(this.#nextOrder, pending.entry.order + 1);
  }

  get(edit: string): PendingEdit | undefined {
    return this.#pending.find((pending) => pending.entry.edit === edit);
  }

  remove(edit: string): void {
    this.#pending = this.#pending.filter((pending) => pending.entry.edit !== edit);
  }

  /** Empties it, for all of it to be written anew. */
  takeAll(): readonly PendingEdit[] {
    const taken = this.#pending;
    this.#pending = [];

    return taken;
  }
}
