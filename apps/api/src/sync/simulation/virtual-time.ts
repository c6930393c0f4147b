/**
 * Time and chance of a simulation. Timers run in order of their time, one after the other, and between two of them
 * everything that is only waiting for promises comes to rest: so a seed is one history. While installed, the timers, the
 * clock and the random numbers of the whole program are these.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { SeededRandom } from './seeded-random.ts';
import { SimulatedProcess } from './simulated-process.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly process: SimulatedProcess | undefined;
  work: (() => void) | undefined;
}

/** The simulated day begins here. */
const epoch = Date.UTC(2026, 0, 1);
const atRest = setImmediate;

export class VirtualTime {
  #now = 0;
  #order = 0;
  readonly #timers: Timer[] = [];

  get now(): number {
    return this.#now;
  }

  get date(): number {
    return epoch + Math.floor(this.#now);
  }

  /** Calls once, as part of a process where one is named. @returns calls it off */
  after(milliseconds: number, work: () => void, process?: SimulatedProcess): () => void {
    const at = this.#now + Math.max(0, milliseconds);
    const timer: Timer = { at, order: this.#order++, process, work };
    this.#add(timer);

    return () => {
      timer.work = undefined;
    };
  }

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve);
    });
  }

  /** Lets time pass, until a moment or until it is enough. */
  async pass(until: number, isEnough: () => boolean = () => false): Promise<void> {
    for (;;) {
      await new Promise<void>((resolve) => {
        atRest(resolve);
      });
      if (isEnough()) return;
      const [next] = this.#timers;
      if (next === undefined || next.at > until) {
        this.#now = Math.max(this.#now, until);

        return;
      }
      this.#takeFirst();
      const { work } = next;
      if (work === undefined) continue;
      this.#now = next.at;
      if (next.process === undefined) work();
      else next.process.run(work);
    }
  }

  /** Puts this time and this chance in the place of the program's own. @returns puts those back */
  install(random: SeededRandom): () => void {
    const kept = { ...pickTimers(), Date: globalThis.Date, random: Math.random };
    const { randomBytes, randomInt } = crypto;
    // Bytes are drawn in stock by some, how much and when depends on the run before: nothing may be decided by them.
    const [numbers, bytes, fractions] = [random.fork(), random.fork(), random.fork()];
    Object.assign(globalThis, this.#timersAsGlobals(), { Date: this.#dateAsGlobal() });
    performance.now = () => this.#now;
    Math.random = () => fractions.fraction();
    Object.assign(crypto, {
      randomBytes: (size: number) => Buffer.from(bytes.bytes(size)),
      randomInt: (least: number, most: number) => least + numbers.below(most - least),
    });
    syncBuiltinESMExports();

    return () => {
      const { random: own, ...globals } = kept;
      Object.assign(globalThis, globals);
      Math.random = own;
      delete (performance as Partial<Performance>).now;
      Object.assign(crypto, { randomBytes, randomInt });
      syncBuiltinESMExports();
    };
  }

  #timersAsGlobals(): object {
    const schedule = (milliseconds: number, work: () => void) =>
      new Handle(this.after(milliseconds, work, SimulatedProcess.current));
    const clear = (handle?: Handle) => handle?.cancel();
    const repeat = (work: () => void, milliseconds: number) => {
      const handle = new Handle(() => undefined);
      const again = () => {
        work();
        if (handle.isLive) handle.cancel = handle.ending(schedule(milliseconds, again));
      };
      handle.cancel = handle.ending(schedule(milliseconds, again));

      return handle;
    };

    return {
      setTimeout: (work: (...values: unknown[]) => void, milliseconds = 1, ...values: unknown[]) =>
        schedule(Math.max(1, milliseconds), () => work(...values)),
      setImmediate: (work: () => void) => schedule(0, work),
      setInterval: repeat,
      clearTimeout: clear,
      clearImmediate: clear,
      clearInterval: clear,
    };
  }

  #dateAsGlobal(): DateConstructor {
    return new Proxy(Date, {
      construct: (target, values: unknown[], newTarget) =>
        Reflect.construct(target, values.length === 0 ? [this.date] : values, newTarget) as Date,
      get: (target, name) =>
        name === 'now' ? () => this.date : (Reflect.get(target, name) as unknown),
    });
  }

  /** A heap: the first timer stands at the front. */
  #add(timer: Timer): void {
    const heap = this.#timers;
    let index = heap.length;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Timer;
      if (isBefore(above, timer)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
  }

  #takeFirst(): void {
    const heap = this.#timers;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      if (left >= heap.length) break;
      const right = left + 1;
      const isRight = right < heap.length && isBefore(heap[right] as Timer, heap[left] as Timer);
      const child = isRight ? right : left;
      if (isBefore(last, heap[child] as Timer)) break;
      heap[index] = heap[child] as Timer;
      index = child;
    }
    heap[index] = last;
  }
}

/** What `setTimeout` gives. */
class Handle {
  isLive = true;
  cancel: () => void;

  constructor(cancel: () => void) {
    this.cancel = this.ending({ cancel });
  }

  ending({ cancel }: { cancel: () => void }): () => void {
    return () => {
      this.isLive = false;
      cancel();
    };
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

function pickTimers() {
  const { setTimeout, setImmediate, setInterval } = globalThis;
  const { clearTimeout, clearImmediate, clearInterval } = globalThis;

  return {
    ...{ setTimeout, setImmediate, setInterval },
    ...{ clearTimeout, clearImmediate, clearInterval },
  };
}

function isBefore(a: Timer, b: Timer): boolean {
  return a.at === b.at ? a.order < b.order : a.at < b.at;
}
