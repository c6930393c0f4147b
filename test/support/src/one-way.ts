/** One direction of a proxied connection: a line of parcels, each with the moment at which it is due. */
import type { Socket } from 'node:net';

import type { Conditions } from './conditions.ts';

/** A receiver that is slow lets no more than this pile up here; the rest waits at the sender. */
const window = 16 * 1024;

interface WayOptions {
  readonly conditions: () => Conditions;
  readonly pass: (bytes: Buffer) => Buffer | undefined;
}

interface Parcel {
  readonly bytes: Buffer;
  dueAt: number;
}

export class Way {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #options: WayOptions;
  readonly #parcels: Parcel[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #isPaused = false;
  #isSwallowing = false;
  #isFinishing = false;
  #lastDue = 0;

  constructor(from: Socket, to: Socket, options: WayOptions) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
    from.on('data', (bytes: Buffer) => {
      this.#take(bytes);
    });
  }

  get isSwallowing(): boolean {
    return this.#isSwallowing;
  }

  pause(): void {
    this.#isPaused = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  resume(): void {
    this.#isPaused = false;
    this.#deliverLater();
  }

  swallow(): void {
    this.#isSwallowing = true;
    this.#parcels.length = 0;
    this.#from.resume();
  }

  hurry(): void {
    const now = performance.now();
    this.#lastDue = now;
    for (const parcel of this.#parcels) parcel.dueAt = Math.min(parcel.dueAt, now);
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#deliverLater();
  }

  end(): void {
    this.pause();
    this.#parcels.length = 0;
  }

  /** What is on its way arrives, then the connection ends. */
  finish(): void {
    this.#isFinishing = true;
    this.#deliverLater();
  }

  #take(bytes: Buffer): void {
    if (this.#isSwallowing) return;
    const { latencyMs = 0, jitterMs = 0, bytesPerSecond } = this.#options.conditions();
    const delay = Math.max(0, latencyMs + jitterMs * (2 * Math.random() - 1));
    const size = bytesPerSecond === undefined ? bytes.length : Math.ceil(bytesPerSecond / 10);
    for (let from = 0; from < bytes.length; from += size) {
      const part = bytes.subarray(from, from + size);
      const duration = bytesPerSecond === undefined ? 0 : (part.length / bytesPerSecond) * 1000;
      this.#lastDue = Math.max(this.#lastDue, performance.now() + delay) + duration;
      this.#parcels.push({ bytes: part, dueAt: this.#lastDue });
      this.#bytes += part.length;
    }
    if (bytesPerSecond !== undefined && this.#bytes > window) this.#from.pause();
    this.#deliverLater();
  }

  #deliverLater(): void {
    if (this.#isPaused || this.#timer !== undefined) return;
    const [next] = this.#parcels;
    if (next === undefined) {
      if (this.#isFinishing) this.#to.end();

      return;
    }
    const wait = next.dueAt - performance.now();
    if (wait <= 0) {
      this.#deliver();

      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#deliver();
    }, wait);
  }

  #deliver(): void {
    const now = performance.now();
    while (this.#parcels[0] !== undefined && this.#parcels[0].dueAt <= now) {
      const { bytes } = this.#parcels.shift() as Parcel;
      this.#bytes -= bytes.length;
      const passed = this.#options.pass(bytes);
      if (passed === undefined) return;
      if (this.#to.writable) this.#to.write(passed);
    }
    if (this.#bytes <= window) this.#from.resume();
    this.#deliverLater();
  }
}
