/** Cells that two people changed without having seen each other's change: shown until their reader has read them. */
import type { ConflictEvent } from '@lodestone/sync-protocol';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';

export class Conflicts {
  #all: readonly ConflictEvent[] = [];
  /** Read here, and not yet known to the server. */
  #readUpTo = 0;
  readonly #tell: (seq: number) => void;
  readonly #listeners = new Listeners<readonly ConflictEvent[]>();

  constructor(tell: (seq: number) => void) {
    this.#tell = tell;
  }

  /** Oldest first; the same array until it changes. */
  get all(): readonly ConflictEvent[] {
    return this.#all;
  }

  onChange(listener: Listener<readonly ConflictEvent[]>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  receive(conflict: ConflictEvent): void {
    if (conflict.seq <= this.#readUpTo) return;
    const others = this.#all.filter((known) => !isSameCell(known, conflict));
    this.#show([...others, conflict].sort((a, b) => a.seq - b.seq));
  }

  /** Conflicts up to a sequence have been shown. */
  markRead(seq: number): void {
    this.#readUpTo = Math.max(this.#readUpTo, seq);
    this.#show(this.#all.filter((conflict) => conflict.seq > this.#readUpTo));
    this.#tell(this.#readUpTo);
  }

  connected(): void {
    if (this.#readUpTo > 0) this.#tell(this.#readUpTo);
  }

  #show(all: readonly ConflictEvent[]): void {
    this.#all = all;
    this.#listeners.notify(all);
  }
}

function isSameCell(a: ConflictEvent, b: ConflictEvent): boolean {
  return a.seq === b.seq && a.record === b.record && a.field === b.field;
}
