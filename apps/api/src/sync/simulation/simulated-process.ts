/** A program that runs in the simulation: it can be paused, as by SIGSTOP, and killed. Whatever wakes it comes through here. */
import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<SimulatedProcess>();

export class SimulatedProcess {
  readonly name: string;
  #state: 'running' | 'paused' | 'dead' = 'running';
  #held: (() => void)[] = [];
  readonly #ends: (() => void)[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** Whose code is running now. */
  static get current(): SimulatedProcess | undefined {
    return current.getStore();
  }

  get isDead(): boolean {
    return this.#state === 'dead';
  }

  get isPaused(): boolean {
    return this.#state === 'paused';
  }

  /** Now, or when the process goes on; never where it is dead. */
  run(work: () => void): void {
    if (this.#state === 'dead') return;
    if (this.#state === 'paused') this.#held.push(work);
    else current.run(this, work);
  }

  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#state = 'running';
    for (const work of this.#held.splice(0)) this.run(work);
  }

  /** What it waits for never comes; what it had in memory is out of reach. */
  kill(): void {
    if (this.#state === 'dead') return;
    this.#state = 'dead';
    this.#held = [];
    for (const end of this.#ends.splice(0)) end();
  }

  /** What the system does when the process ends: its connections are closed. */
  onEnd(work: () => void): void {
    this.#ends.push(work);
  }
}
