/** Two members who work on while somebody attacks, on a thread of their own: what they wait for is the server's doing. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SignedIn } from '@lodestone/test-support';

export interface PairOptions {
  readonly origin: string;
  readonly document: string;
  /** The cell that the writer edits, over and over. */
  readonly key: string;
  readonly writer: SignedIn;
  readonly reader: SignedIn;
}

export interface Waits {
  readonly edits: number;
  readonly p50: number;
  readonly p99: number;
  /** The value that was acknowledged last. */
  readonly value: string;
}

export class HonestPair {
  readonly #worker: Worker;
  #failure: Error | undefined;

  private constructor(options: PairOptions) {
    this.#worker = new Worker(new URL('./honest-pair.worker.ts', import.meta.url), {
      workerData: options,
    });
    this.#worker.on('error', (error) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** Resolves when both are at work. */
  static async start(options: PairOptions): Promise<HonestPair> {
    const pair = new HonestPair(options);
    await once(pair.#worker, 'message');

    return pair;
  }

  /** What they waited since the last time they were asked; throws what went wrong for them. */
  async takeWaits(): Promise<Waits> {
    if (this.#failure !== undefined) throw this.#failure;
    const answer = once(this.#worker, 'message') as Promise<[Waits]>;
    this.#worker.postMessage('waits');

    return (await answer)[0];
  }

  async stop(): Promise<Waits> {
    if (this.#failure !== undefined) throw this.#failure;
    const answer = once(this.#worker, 'message') as Promise<[Waits]>;
    this.#worker.postMessage('stop');
    const [waits] = await answer;
    await this.#worker.terminate();

    return waits;
  }
}
