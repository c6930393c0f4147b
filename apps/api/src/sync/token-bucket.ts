/** A budget that refills evenly: so much a second, and what was saved up to a burst. */
export interface Allowance {
  readonly perSecond: number;
  readonly burst: number;
}

/** Times are milliseconds of a clock that never goes back. */
export class TokenBucket {
  readonly #allowance: Allowance;
  #tokens: number;
  #at: number;

  constructor(allowance: Allowance, now: number) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
    this.#at = now;
  }

  /** Takes what something costs, if it is there; else nothing. */
  take(cost: number, now: number): boolean {
    this.#refill(now);
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;

    return true;
  }

  /** Takes what something has cost, there or not: what lacks is waited for. */
  charge(cost: number, now: number): void {
    this.#refill(now);
    this.#tokens -= cost;
  }

  isFull(now: number): boolean {
    this.#refill(now);

    return this.#tokens >= this.#allowance.burst;
  }

  #refill(now: number): void {
    const { perSecond, burst } = this.#allowance;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1000) * perSecond);
    this.#at = now;
  }
}
