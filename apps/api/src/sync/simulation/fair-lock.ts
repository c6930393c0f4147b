/** One lock of the simulated database: shared or exclusive, granted in the order in which it was asked for. */
import type { VirtualTime } from './virtual-time.ts';

type Mode = 'shared' | 'exclusive';

interface Request {
  readonly owner: object;
  readonly mode: Mode;
  readonly granted: () => void;
}

export class FairLock {
  readonly #time: VirtualTime;
  readonly #timeoutMs: number;
  readonly #holders = new Map<object, Mode>();
  readonly #waiting: Request[] = [];

  constructor(time: VirtualTime, timeoutMs: number) {
    this.#time = time;
    this.#timeoutMs = timeoutMs;
  }

  /** Rejects as PostgreSQL does, where it is not granted in time. */
  take(owner: object, mode: Mode): Promise<void> {
    return new Promise((resolve, reject) => {
      const request: Request = {
        ...{ owner, mode },
        granted: () => {
          stopWaiting();
          resolve();
        },
      };
      const stopWaiting = this.#time.after(this.#timeoutMs, () => {
        this.#waiting.splice(this.#waiting.indexOf(request), 1);
        reject(lockNotAvailable());
        this.#grant();
      });
      this.#waiting.push(request);
      this.#grant();
    });
  }

  /** At once or not at all, as `skip locked`. */
  tryTake(owner: object): boolean {
    if (this.#holders.size > 0 || this.#waiting.length > 0) return false;
    this.#holders.set(owner, 'exclusive');

    return true;
  }

  release(owner: object): void {
    const index = this.#waiting.findIndex((request) => request.owner === owner);
    if (index >= 0) this.#waiting.splice(index, 1);
    if (this.#holders.delete(owner) || index >= 0) this.#grant();
  }

  #grant(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined || !this.#isFree(first.mode)) return;
      this.#waiting.shift();
      this.#holders.set(first.owner, first.mode);
      first.granted();
    }
  }

  #isFree(mode: Mode): boolean {
    const held = [...this.#holders.values()];

    return mode === 'shared' ? !held.includes('exclusive') : held.length === 0;
  }
}

function lockNotAvailable(): Error {
  return Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });
}
