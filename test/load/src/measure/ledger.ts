/**
 * Who wrote what when, and what of it a probe has seen. Writers and probes live in one process, so one monotonic clock
 * times both ends; a value carries its writer and number, and the ledger knows when it was made.
 */
export class Ledger {
  /** When each writer made each of his values. */
  readonly #made: number[][] = [];
  /** How many values of each writer were made before the measured time. */
  #base: number[] = [];

  /** @returns the number of a new writer. */
  addWriter(): number {
    return this.#made.push([]) - 1;
  }

  get writers(): number {
    return this.#made.length;
  }

  /** @returns the number of the value. */
  make(writer: number): number {
    const made = this.#made[writer];
    if (made === undefined) throw new Error(`there is no writer ${String(writer)}`);

    return made.push(performance.now()) - 1;
  }

  /** From here on it is measured. */
  open(): void {
    this.#base = this.#made.map((made) => made.length);
  }

  isMeasured(writer: number, number: number): boolean {
    return number >= (this.#base[writer] ?? Number.POSITIVE_INFINITY);
  }

  madeAt(writer: number, number: number): number {
    return this.#made[writer]?.[number] ?? Number.NaN;
  }

  countOf(writer: number): number {
    return this.#made[writer]?.length ?? 0;
  }

  /** Values made in the measured time. */
  get measured(): number {
    return this.#made.reduce(
      (sum, made, writer) => sum + made.length - (this.#base[writer] ?? 0),
      0,
    );
  }
}

/** What one reader has seen: values arrive in their writer's order, so the newest says that all before it have arrived. */
export class Sightings {
  readonly latencies: number[] = [];
  /** All that arrived in the measured time, also what was made before it. */
  arrived = 0;
  readonly #ledger: Ledger;
  readonly #newest = new Map<number, number>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** A value that a merged update has overwritten counts as seen with the one that overwrote it. */
  note(writer: number, number: number, now: number): void {
    const before = this.#newest.get(writer) ?? -1;
    for (let each = before + 1; each <= number; each++) {
      this.arrived += 1;
      if (this.#ledger.isMeasured(writer, each)) {
        this.latencies.push(now - this.#ledger.madeAt(writer, each));
      }
    }
    if (number > before) this.#newest.set(writer, number);
  }

  /** The measured time begins. */
  open(): void {
    this.arrived = 0;
    this.latencies.length = 0;
  }

  missing(writers: Iterable<number>): number {
    let missing = 0;
    for (const writer of writers) {
      missing += this.#ledger.countOf(writer) - 1 - (this.#newest.get(writer) ?? -1);
    }

    return missing;
  }
}
