/** Somebody who only looks, and keeps in mind everything he has been shown: nobody sees what is not committed. */
import { setTimeout as delay } from 'node:timers/promises';

import * as Y from 'yjs';

import { BareReplica, type BareOpened } from './bare-socket.ts';
import type { EditHistory } from './edit-history.ts';
import { WireSocket, type WireOptions } from './wire-socket.ts';

export interface WitnessOptions extends Omit<WireOptions, 'onEvent'> {
  readonly document: string;
  readonly history: EditHistory;
}

const retryMs = 100;

export class Witness {
  readonly #options: WitnessOptions;
  readonly #ending = new AbortController();
  #socket: WireSocket | undefined;
  #replica: BareReplica | undefined;
  #generation = 1;
  #seq = 0;
  readonly #running: Promise<void>;

  private constructor(options: WitnessOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Resolves when it has the document. */
  static async start(options: WitnessOptions): Promise<Witness> {
    const witness = new Witness(options);
    while (witness.#replica === undefined) await delay(retryMs / 4);

    return witness;
  }

  /** The last number it was sent. */
  get seq(): number {
    return this.#seq;
  }

  /** What the document says of a key. */
  readonly cell = (key: string): unknown => this.#replica?.cells.get(key);

  readonly stateVector = (): Uint8Array =>
    this.#replica === undefined ? new Uint8Array([0]) : Y.encodeStateVector(this.#replica.doc);

  /** What the document says that a record is called. */
  nameOf(record: string): unknown {
    const birth = this.cell(record) as { readonly name?: unknown } | undefined;

    return this.cell(`${record}/name`) ?? birth?.name;
  }

  async end(): Promise<void> {
    this.#ending.abort();
    this.#socket?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      if (this.#socket?.isConnected !== true) await this.#connect().catch(() => undefined);
      await delay(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async #connect(): Promise<void> {
    this.#socket = await WireSocket.connect({
      ...this.#options,
      onEvent: (event, body) => {
        if (event === 'update') this.#hear(body);
      },
    });
    await this.#open();
  }

  async #open(): Promise<void> {
    const answer = await this.#socket?.ask('open', {
      document: this.#options.document,
      protocol: 1,
      device: 'device-of-a-witness',
      ...(this.#replica !== undefined && {
        stateVector: Buffer.from(this.stateVector()),
        generation: this.#generation,
      }),
    });
    if (answer?.['status'] !== 'open') return;
    const opened = answer as unknown as BareOpened;
    this.#seq = opened.seq;
    if (this.#replica !== undefined && opened.generation === this.#generation) {
      this.#replica.apply(opened.update);

      return;
    }
    this.#generation = opened.generation;
    this.#replica = new BareReplica(opened);
    this.#replica.cells.observe(this.#look);
  }

  #hear({ after, seq, update }: Record<string, unknown>): void {
    if (after !== this.#seq) {
      // Something is missing: the answer to another opening holds it.
      void this.#open().catch(() => undefined);

      return;
    }
    this.#seq = Number(seq);
    this.#replica?.apply(update as Uint8Array);
  }

  readonly #look = ({ keysChanged }: Y.YMapEvent<unknown>): void => {
    for (const key of keysChanged as Set<string>) {
      const value = this.cell(key);
      const isBirth = typeof value === 'object' && value !== null && 'name' in value;
      this.#options.history.noteSeen(isBirth ? value.name : value);
    }
  };
}
