/**
 * Sends the outbox in order, a few edits ahead of their answers. The first answer that is not `committed` decides: what
 * was sent behind it has torn clocks and waits, until the document knows what to do.
 */
import type { UpdateAnswer } from '@lodestone/sync-protocol';
import type { OutboxEntry } from './device-store/device-store.ts';
import { manyAnnounced, type Outbox, type PendingEdit } from './outbox.ts';

export type Committed = Extract<UpdateAnswer, { readonly status: 'committed' }>;

type Refused = Exclude<UpdateAnswer, Committed>;

export interface Failure {
  readonly pending: PendingEdit;
  readonly answer: Refused;
}

export interface DeliveryHooks {
  /** Answers as soon as the answer arrives; with undefined where none will come. */
  send(entry: OutboxEntry, answered: (answer: UpdateAnswer | undefined) => void): void;
  /** @returns `again` where only an opening can tell what is in the log */
  committed(entry: OutboxEntry, answer: Committed): 'done' | 'again';
  /** All answers are in, and one of them has left a doubt. */
  doubted(): void;
  /** All answers are in, and this is the first that was not `committed`. */
  halted(failure: Failure): void;
}

/** So many that a slow line is busy, and so few that a refusal in their midst costs little. */
const mostInFlight = 64;

/** A slow line must carry what is in flight before the answers are given up for lost. */
const mostBytesInFlight = 256 * 1024;

export class Delivery {
  readonly #outbox: Outbox;
  readonly #hooks: DeliveryHooks;
  /** Grows with each stop, so that late answers are known as such. */
  #run = 0;
  #running = false;
  readonly #inFlight = new Set<PendingEdit>();
  #bytesInFlight = 0;
  #failures: Failure[] = [];
  #doubtful = false;
  #sentSinceAnnounced = 0;

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
    this.#bytesInFlight = 0;
    this.#failures = [];
    this.#doubtful = false;

    return failure;
  }

  /** Sends what may be sent now. */
  pump(): void {
    if (!this.#running || this.#doubtful || this.#failures.length > 0) return;
    for (const pending of this.#outbox.all()) {
      if (this.#inFlight.has(pending)) continue;
      if (!pending.written || !this.#hasRoomFor(pending)) return;
      if (!pending.entry.sent) {
        // `pump` is called again when the device knows.
        this.#announce();
        return;
      }
      this.#send(pending);
    }
  }

  #announce(): void {
    this.#sentSinceAnnounced = 0;
    this.#outbox.announce();
  }

  #hasRoomFor({ entry }: PendingEdit): boolean {
    if (this.#inFlight.size === 0) return true;
    if (this.#inFlight.size >= mostInFlight) return false;

    return this.#bytesInFlight + entry.update.length <= mostBytesInFlight;
  }

  #send(pending: PendingEdit): void {
    const { entry } = pending;
    const run = this.#run;
    this.#inFlight.add(pending);
    this.#bytesInFlight += entry.update.length;
    pending.unanswered++;
    // In good time, so that sending need not wait for the device.
    if (++this.#sentSinceAnnounced >= manyAnnounced / 2) this.#announce();
    this.#hooks.send(entry, (answer) => {
      const isLate = run !== this.#run;
      if (answer === undefined) return;
      if (!isLate && this.#inFlight.delete(pending)) this.#bytesInFlight -= entry.update.length;
      if (answer.status === 'committed') {
        if (this.#hooks.committed(entry, answer) === 'again') this.#doubtful = true;
        this.#advance();
        return;
      }
      if (isDefinite(answer)) pending.unanswered--;
      if (isLate) return;
      this.#failures.push({ pending, answer });
      this.#advance();
    });
  }

  #advance(): void {
    if (!this.#running) return;
    if (this.#failures.length === 0 && !this.#doubtful) {
      this.pump();
      return;
    }
    if (this.#inFlight.size > 0) return;
    const failure = this.stop();
    if (failure === undefined) this.#hooks.doubted();
    else this.#hooks.halted(failure);
  }
}

/** A server that could not store an edit may not know whether it has. */
function isDefinite(answer: Refused): boolean {
  return answer.status === 'resync' || answer.code !== 'unavailable';
}

function firstOf(failures: readonly Failure[]): Failure | undefined {
  return failures.toSorted((a, b) => a.pending.entry.order - b.pending.entry.order)[0];
}
