/** Runs expensive work a little at a time; whoever waits has his turn, however many others one caller has queued. */

interface FairQueueLimits {
  readonly concurrency: number;
  /** How many may wait, in all. */
  readonly waiting: number;
  /** How many of one lane may wait. */
  readonly waitingPerLane: number;
}

/** Too many wait already: the work was not taken. */
export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

export class FairQueue {
  readonly #limits: FairQueueLimits;
  /** In the order in which the lanes have their next turn. */
  readonly #lanes = new Map<string, (() => void)[]>();
  #running = 0;
  #waiting = 0;

  constructor(limits: FairQueueLimits) {
    this.#limits = limits;
  }

  async run<Result>(lane: string, work: () => Promise<Result>): Promise<Result> {
    await this.#admitted(lane);
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  #admitted(lane: string): Promise<void> {
    if (this.#running < this.#limits.concurrency) {
      this.#running += 1;
      return Promise.resolve();
    }

    const queue = this.#lanes.get(lane) ?? [];

    if (this.#waiting >= this.#limits.waiting || queue.length >= this.#limits.waitingPerLane) {
      return Promise.reject(new QueueFull());
    }
    this.#lanes.set(lane, queue);
    this.#waiting += 1;

    return new Promise((resolve) => {
      queue.push(resolve);
    });
  }

  /** Hands the place that became free to the lane whose turn it is, and that lane goes to the end. */
  #next(): void {
    const [turn] = this.#lanes;

    if (turn === undefined) {
      this.#running -= 1;
      return;
    }

    const [lane, queue] = turn;
    const start = queue.shift();

    this.#lanes.delete(lane);
    if (queue.length > 0) this.#lanes.set(lane, queue);
    this.#waiting -= 1;
    start?.();
  }
}
