/** The way of one document to the server: opens it, sends its outbox, and acts on every answer. */
import {
  protocolVersion,
  type ClosedEvent,
  type OpenAnswer,
  type RejectionCode,
  type UpdateEvent,
} from '@lodestone/sync-protocol';
import { BackOff } from './back-off.ts';
import type { SyncConnection } from './connection.ts';
import { Delivery, type Committed, type Failure } from './delivery.ts';
import type { OutboxEntry } from './device-store/device-store.ts';
import type { Random } from './random-ids.ts';
import { courseOf, reasonOf } from './rejection-course.ts';
import type { Replica } from './replica.ts';
import type { NotAccepted } from './tray-item.ts';

interface LinkHooks<Rights> {
  /** Rights come before the content they judge. */
  rights(rights: Rights): void;
  /** Open, and everything up to the opening is on the screen. */
  opened(): void;
  closed(code: RejectionCode): void;
  /** `isUnavailable` may have changed. */
  changed(): void;
}

export interface LinkOptions<Rights> {
  readonly document: string;
  readonly device: string;
  readonly connection: SyncConnection<Rights>;
  readonly replica: Replica;
  readonly random: Random;
  readonly hooks: LinkHooks<Rights>;
}

type Phase = 'away' | 'opening' | 'open' | 'waiting' | 'closed';

/** So many fresh starts that brought nothing forward, before the next one waits. */
const resetsAtOnce = 3;

export class DocumentLink<Rights> {
  #phase: Phase = 'away';
  /** Grows with each opening; answers to earlier ones are too late. */
  #attempt = 0;
  #resets = 0;
  #unavailable = false;
  readonly #options: LinkOptions<Rights>;
  readonly #delivery: Delivery;
  readonly #backOff: BackOff;

  constructor(options: LinkOptions<Rights>) {
    this.#options = options;
    this.#backOff = new BackOff(options.connection.patience, options.random);
    this.#delivery = new Delivery(options.replica.outbox, {
      send: ({ document, update, edit, seen }, answered) => {
        options.connection.update({ document, update, edit, seen }, answered);
      },
      committed: (entry, answer) => this.#onCommitted(entry, answer),
      doubted: () => {
        this.#open();
      },
      halted: (failure) => {
        this.#onHalted(failure);
      },
    });
  }

  get isOpen(): boolean {
    return this.#phase === 'open';
  }

  /** The server stores nothing at present. */
  get isUnavailable(): boolean {
    return this.#unavailable;
  }

  connected(): void {
    if (this.#phase !== 'closed') this.#open();
  }

  disconnected(): void {
    this.#attempt++;
    this.#backOff.reset();
    if (this.#phase === 'closed') return;
    this.#phase = 'away';
    this.#setUnavailable(false);
    const failure = this.#delivery.stop();
    if (failure !== undefined) this.#digest(failure);
  }

  /** Something more may be sent. */
  pump(): void {
    this.#delivery.pump();
  }

  heard(event: UpdateEvent): void {
    // While opening, the answer will hold it.
    if (this.#phase !== 'open') return;
    if (this.#options.replica.heard(event) === 'gap') this.#open();
  }

  closedByServer(event: ClosedEvent): void {
    if (event.code !== 'generation') {
      this.#onRefusedOpening(event.code);
      return;
    }
    this.#options.replica.outdate(event);
    this.#open();
  }

  /** No more of this document, for a reason of this side. */
  end(): void {
    this.#attempt++;
    this.#phase = 'closed';
    this.#backOff.cancel();
    this.#delivery.stop();
  }

  #open(): void {
    const failure = this.#delivery.stop();
    if (failure !== undefined && this.#digest(failure) === 'stop') return;
    const { connection, document, device, replica } = this.#options;
    const attempt = ++this.#attempt;
    this.#phase = 'opening';
    this.#backOff.cancel();
    const request = { document, protocol: protocolVersion, device, ...replica.request() };
    connection.open(request, (answer) => {
      if (attempt === this.#attempt && answer !== undefined) this.#onAnswer(answer);
    });
  }

  #onAnswer(answer: OpenAnswer<Rights>): void {
    if (answer.status === 'refused') {
      this.#onRefusedOpening(answer.code, answer.message);
      return;
    }
    const { hooks, replica } = this.#options;
    hooks.rights(answer.rights);
    if (replica.opened(answer) === 'again') {
      this.#open();
      return;
    }
    this.#phase = 'open';
    this.#backOff.reset();
    this.#setUnavailable(false);
    hooks.opened();
    this.#delivery.start();
  }

  #onRefusedOpening(code: RejectionCode, message: string = code): void {
    const course = courseOf(code);
    switch (course) {
      case 'wait':
        this.#setUnavailable(code === 'unavailable');
        this.#openLater();
        return;
      case 'new-lease':
        this.#options.replica.reset();
        this.#openLater();
        return;
      case 'signed-out':
      case 'outdated':
        this.#options.connection.suspend(course);
        return;
      case 'final':
        this.#close(code, message);
    }
  }

  #close(code: RejectionCode, message: string): void {
    this.end();
    this.#setUnavailable(false);
    this.#options.replica.drop({ code, reason: reasonOf(code, message) });
    this.#options.hooks.closed(code);
  }

  #onCommitted(entry: OutboxEntry, answer: Committed): 'done' | 'again' {
    this.#resets = 0;
    this.#backOff.reset();
    this.#setUnavailable(false);

    return this.#options.replica.committed(entry, answer);
  }

  #onHalted(failure: Failure): void {
    switch (this.#digest(failure)) {
      case 'open':
        if (this.#resets <= resetsAtOnce) this.#open();
        else this.#openLater();
        return;
      case 'wait':
        this.#setUnavailable('code' in failure.answer && failure.answer.code === 'unavailable');
        this.#backOff.schedule(() => {
          this.#delivery.start();
        });
        return;
      case 'stop':
    }
  }

  /** Does to this side what an answer asks for, and says what is to be done with the server. */
  #digest({ pending, answer }: Failure): 'open' | 'wait' | 'stop' {
    const { connection, replica } = this.#options;
    if (answer.status === 'resync') {
      pending.resyncs++;
      if (pending.resyncs > 1) this.#reset();

      return 'open';
    }
    const course = courseOf(answer.code);
    switch (course) {
      case 'wait':
        return 'wait';
      case 'signed-out':
      case 'outdated':
        connection.suspend(course);
        return 'stop';
      case 'new-lease':
        this.#reset();
        return 'open';
      case 'final':
        // One edit fewer: as many of these as there are edits, and none has to wait.
        this.#resets = 0;
        replica.refuse(pending.entry.edit, toNotAccepted(answer));
        return 'open';
    }
  }

  #reset(): void {
    this.#resets++;
    this.#options.replica.reset();
  }

  #openLater(): void {
    this.#delivery.stop();
    this.#phase = 'waiting';
    this.#attempt++;
    this.#backOff.schedule(() => {
      this.#open();
    });
  }

  #setUnavailable(unavailable: boolean): void {
    if (unavailable === this.#unavailable) return;
    this.#unavailable = unavailable;
    this.#options.hooks.changed();
  }
}

function toNotAccepted({
  code,
  message,
  changes,
}: Extract<Failure['answer'], { readonly status: 'rejected' }>): NotAccepted {
  return { code, reason: reasonOf(code, message), message, changes };
}
