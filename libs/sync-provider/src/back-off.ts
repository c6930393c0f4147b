/** How long to wait before trying again: longer each time, spread so that many clients do not come at once. */
import { newFraction, type Random } from './random-ids.ts';

export interface BackOffLimits {
  readonly firstMs: number;
  readonly mostMs: number;
}

export class BackOff {
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #limits: BackOffLimits;
  readonly #random: Random;

  constructor(limits: BackOffLimits, random: Random) {
    this.#limits = limits;
    this.#random = random;
  }

  /** Calls once after a while; a later call replaces an earlier one. */
  schedule(action: () => void): void {
    this.cancel();
    const full = Math.min(this.#limits.mostMs, this.#limits.firstMs * 2 ** this.#attempts++);
    const wait = full * (0.5 + newFraction(this.#random) / 2);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      action();
    }, wait);
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** It worked: the next wait is the first one again. */
  reset(): void {
    this.cancel();
    this.#attempts = 0;
  }
}
