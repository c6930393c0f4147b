/**
 * Writes to the device store behind the screen: in order, what came together in one transaction. Where the device takes
 * no more, typed edits stay in memory and are tried again; what the server can send again is let go.
 */
import { BackOff } from '../back-off.ts';
import { Listeners, type Listener, type Unsubscribe } from '../listeners.ts';
import type { Random } from '../random-ids.ts';
import type { DeviceChange, DeviceStore } from './device-store.ts';

/** `memory`: this device keeps nothing when the page closes; `failing`: it should, and at present cannot. */
export type DeviceHealth = 'kept' | 'memory' | 'failing';

export class Journal {
  #queue: DeviceChange[] = [];
  #tried: (() => void)[] = [];
  #running: Promise<void> | undefined;
  #failing = false;
  readonly #store: DeviceStore;
  readonly #retry: BackOff;
  readonly #listeners = new Listeners<DeviceHealth>();

  constructor(store: DeviceStore, random: Random) {
    this.#store = store;
    this.#retry = new BackOff({ firstMs: 1_000, mostMs: 30_000 }, random);
  }

  get health(): DeviceHealth {
    if (this.#failing) return 'failing';

    return this.#store.durable ? 'kept' : 'memory';
  }

  onHealth(listener: Listener<DeviceHealth>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** Resolves when the device has them, or has said that it cannot take them. */
  write(changes: readonly DeviceChange[]): Promise<void> {
    this.#queue.push(...changes);
    const tried = new Promise<void>((resolve) => this.#tried.push(resolve));
    this.#start();

    return tried;
  }

  /** Resolves when nothing is left to write, or the device cannot take it. */
  async flush(): Promise<void> {
    this.#start();
    await this.#running;
  }

  close(): void {
    this.#retry.cancel();
    this.#store.close();
  }

  #start(): void {
    this.#running ??= this.#drain();
  }

  /** Says that it is over in the same step in which it finds nothing more: no write may fall between. */
  async #drain(): Promise<void> {
    // What is written in one go becomes one transaction.
    await Promise.resolve();
    while (this.#queue.length > 0 || this.#tried.length > 0) {
      const [batch, tried] = [this.#queue, this.#tried];
      this.#queue = [];
      this.#tried = [];
      const written = await this.#apply(batch);
      if (!written) this.#queue = [...batch.filter(isIrreplaceable), ...this.#queue];
      this.#report(!written);
      for (const resolve of tried) resolve();
      if (!written && this.#tried.length === 0) {
        this.#retry.schedule(() => {
          this.#start();
        });
        break;
      }
    }
    this.#running = undefined;
  }

  async #apply(batch: readonly DeviceChange[]): Promise<boolean> {
    if (batch.length === 0) return true;
    try {
      await this.#store.apply(batch);

      return true;
    } catch {
      return false;
    }
  }

  #report(failing: boolean): void {
    if (!failing) this.#retry.reset();
    if (failing === this.#failing) return;
    this.#failing = failing;
    this.#listeners.notify(this.health);
  }
}

function isIrreplaceable(change: DeviceChange): boolean {
  return change.change !== 'put-chunk' && change.change !== 'put-state';
}
