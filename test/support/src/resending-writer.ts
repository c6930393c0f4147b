/**
 * A writer that never gives up: one edit at a time, and what is not acknowledged goes again with the same bytes, over as many
 * connections as it takes. It knows the wire alone, so that nothing in the provider can hide a fault of the server. Its
 * replica holds what it has written itself and nothing else, so that hundreds fit into one test.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { BareReplica, type BareOpened } from './bare-socket.ts';
import type { EditHistory } from './edit-history.ts';
import { WireSocket, type WireOptions } from './wire-socket.ts';

export interface WriterOptions extends Omit<WireOptions, 'onEvent'> {
  readonly document: string;
  /** Begins the names of the records that it writes, and nobody else. */
  readonly name: string;
  readonly history: EditHistory;
  /** Between an acknowledgement and the next edit, on average. */
  readonly pauseMs: number;
  /** Characters that make each value longer. */
  readonly padding?: number;
  /** A state vector to open with: what the writer says to hold, so that it is not sent the document. */
  readonly claims: () => Uint8Array;
}

interface Pending {
  readonly edit: string;
  readonly value: string;
  /** Absent until it is written, and again where it has to be written on another replica. */
  update?: Buffer;
  /** Its form is not the first one any more: the log may hold either. */
  isRewritten: boolean;
}

const retryMs = 100;

export class ResendingWriter {
  readonly #options: WriterOptions;
  readonly #device = `device-${randomUUID()}`;
  readonly #finishing = new AbortController();
  readonly #abandoning = new AbortController();
  #socket: WireSocket | undefined;
  /** The connection over which the document was opened last. */
  #openedOn: WireSocket | undefined;
  #replica: { readonly of: BareReplica; readonly generation: number } | undefined;
  #pending: Pending | undefined;
  #edits = 0;
  #lives = 0;
  readonly #running: Promise<void>;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** No new edits; resolves when the last one is acknowledged. */
  async finish(): Promise<void> {
    this.#finishing.abort();
    await this.#running;
    this.#socket?.close();
  }

  /** Ends it, whatever is acknowledged. */
  async abandon(): Promise<void> {
    this.#abandoning.abort();
    this.#socket?.close();
    await this.finish();
  }

  async #run(): Promise<void> {
    while (!this.#abandoning.signal.aborted) {
      if (this.#finishing.signal.aborted && this.#pending === undefined) return;
      try {
        await this.#connect();
        this.#pending ??= this.#makeEdit();
        await this.#send(this.#pending);
      } catch {
        // The line is down, or the server is: both pass.
        await this.#rest(retryMs);
      }
    }
  }

  async #rest(milliseconds: number): Promise<void> {
    const { signal } = this.#abandoning;
    await delay(milliseconds * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
  }

  async #connect(): Promise<void> {
    if (this.#socket?.isConnected !== true) this.#socket = await WireSocket.connect(this.#options);
    if (this.#openedOn !== this.#socket || this.#replica === undefined) await this.#open();
    this.#openedOn = this.#socket;
  }

  async #open(): Promise<void> {
    const { document, claims } = this.#options;
    const known = this.#replica;
    const answer = await this.#ask('open', {
      document,
      protocol: 1,
      device: this.#device,
      stateVector: Buffer.from(claims()),
      generation: known?.generation ?? 1,
      ...(known !== undefined && { clientId: known.of.doc.clientID }),
    });
    if (answer['status'] !== 'open') throw new Error(`open: ${JSON.stringify(answer)}`);
    const opened = answer as unknown as BareOpened;
    if (known?.of.doc.clientID === opened.clientId && known.generation === opened.generation)
      return;
    if (known !== undefined) this.#startOver();
    this.#replica = {
      of: new BareReplica({ ...opened, update: emptyUpdate }),
      generation: opened.generation,
    };
  }

  async #ask(event: string, body: object): Promise<Record<string, unknown>> {
    if (this.#socket === undefined) throw new Error('there is no connection');

    return this.#socket.ask(event, body);
  }

  #makeEdit(): Pending {
    const { name, padding = 0 } = this.#options;
    const value = `${name}-${String(this.#edits++)}${'.'.repeat(padding)}`;
    const pending = { edit: randomUUID(), value, isRewritten: false };
    this.#options.history.noteSent(pending.edit, value);

    return pending;
  }

  async #send(pending: Pending): Promise<void> {
    const { document, history, pauseMs } = this.#options;
    pending.update ??= this.#write(pending.value);
    const { edit, update } = pending;
    const answer = await this.#ask('update', { document, update, edit });
    switch (answer['status']) {
      case 'committed':
        history.noteAcknowledged(edit, Number(answer['seq']));
        this.#pending = undefined;
        // Which of its forms is in is not known here: the next edit must build on neither.
        if (pending.isRewritten) this.#startOver();
        await this.#rest(pauseMs);
        return;
      case 'resync':
        history.noteResync();
        this.#startOver();
        return;
      default:
        await this.#meetRefusal(answer);
    }
  }

  async #meetRefusal({ code }: Record<string, unknown>): Promise<void> {
    if (code === 'client-id.foreign') {
      this.#startOver();
    } else if (code !== 'unavailable' && code !== 'rate.limited') {
      this.#options.history.noteSurprise(`an edit was answered ${String(code)}`);
      this.#startOver();
    }
    await this.#rest(retryMs);
  }

  /** A birth first, then its name again and again. */
  #write(value: string): Buffer {
    if (this.#replica === undefined) throw new Error('the document is not open');
    const record = `${this.#options.name}-life-${String(this.#lives)}`;
    const { of: replica } = this.#replica;

    return replica.write(
      replica.cells.has(record)
        ? { [`${record}/name`]: value }
        : { [record]: { name: value, parties: ['JPN', 'USA'] } },
    );
  }

  /** Another client id, and other records. */
  #startOver(): void {
    this.#replica?.of.doc.destroy();
    this.#replica = undefined;
    this.#lives += 1;
    if (this.#pending === undefined) return;
    const { edit, value } = this.#pending;
    this.#pending = { edit, value, isRewritten: true };
  }
}

const emptyUpdate = new Uint8Array([0, 0]);
