/**
 * Sends the outbox in order, a few edits ahead of their answers. The first answer that is not `committed` decides: what
 * was sent behind it has torn clocks and waits, until the document knows what to do.
 */
import type { UpdateAnswer } from '@lodestone/sync-protocol';
import type { OutboxEntry } from './device-store/device-store.ts';
import type { Outbox, PendingEdit } from './outbox.ts';

type Refused = Exclude<UpdateAnswer, { readonly status: 'committed' }>;

export interface Failure {
  readonly pending: PendingEdit;
  readonly answer: Refused;
}

export interface DeliveryHooks {
  /** Answers as soon as the answer arrives; with undefined where none will come. */
  send(entry: OutboxEntry, answered: (answer: UpdateAnswer | undefined) => void): void;
  committed(entry: OutboxEntry, seq: number): void;
  /** All answers are in, and this is the first that was not `committed`. */
  halted(failure: Failure): void;
}

const mostInFlight = 16;

/** A slow line must carry what is in flight before the answers are given up for lost. */
const mostBytesInFlight = 256 * 1024;

export class Delivery {
  readonly #outbox: Outbox;
  readonly #hooks: DeliveryHooks;
  /** Grows with each stop, so that late answers are known as such. */
  #run = 0;
  #running = false;
  readonly #inFlight = new Set<PendingEdit>();
  #failures: Failure[] = [];

  constructor(outbox: Outbox, hooks: DeliveryHooks) {
    this.#outbox = outbox;
    this.#hooks = hooks;
  }

  start(): void {
    this.stop();
    this.#running = true;
    this.pump();
  }

  /** Waits for no more answers; returns the failure that was already known. */
  stop(): Failure | undefined {
    const failure = firstOf(this.#failures);
    this.#run++;
    this.#running = false;
    this.#inFlight.clear();
    this.#failures = [];

    return failure;
  }

  /** Sends what may be sent now. */
  pump(): void {
    if (!this.#running || this.#failures.length > 0) return;
    for (const pending of this.#outbox.all()) {
      // An edit whose earlier bytes may be in the log goes alone: its answer may concern those.
      const alone = pending.entry.uncertain;
      if (this.#inFlight.has(pending)) {
        if (alone) return;
        continue;
      }
      if (!pending.written || !this.#hasRoomFor(pending)) return;
      this.#send(pending);
      if (alone) return;
    }
  }

  #hasRoomFor({ entry }: PendingEdit): boolean {
    if (this.#inFlight.size === 0) return true;
    if (entry.uncertain || this.#inFlight.size >= mostInFlight) return false;
    let bytes = entry.update.length;
    for (const other of this.#inFlight) bytes += other.entry.update.length;

    return bytes <= mostBytesInFlight;
  }

  #send(pending: PendingEdit): void {
    const { entry } = pending;
    const run = this.#run;
    this.#inFlight.add(pending);
    pending.unanswered++;
    this.#hooks.send(entry, (answer) => {
      const isLate = run !== this.#run;
      if (answer === undefined) return;
      if (answer.status === 'committed') {
        if (!isLate) this.#inFlight.delete(pending);
        this.#hooks.committed(entry, answer.seq);
        this.#advance();
        return;
      }
      if (isDefinite(answer)) pending.unanswered--;
      if (isLate) return;
      this.#inFlight.delete(pending);
      this.#failures.push({ pending, answer });
      this.#advance();
    });
  }

  #advance(): void {
    if (this.#failures.length === 0) {
      this.pump();
      return;
    }
    if (this.#inFlight.size > 0) return;
    const failure = this.stop();
    if (failure !== undefined) this.#hooks.halted(failure);
  }
}

/** A server that could not store an edit may not know whether it has. */
function isDefinite(answer: Refused): boolean {
  return answer.status === 'resync' || answer.code !== 'unavailable';
}

function firstOf(failures: readonly Failure[]): Failure | undefined {
  return failures.toSorted((a, b) => a.pending.entry.order - b.pending.entry.order)[0];
}
