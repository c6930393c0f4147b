/**
 * One connection between a client and a node. Messages of one direction arrive in order, after a while; it can break, of
 * which either end learns at its own time, or go silent, of which neither end is told until its patience is over.
 */
import type { Faults } from './faults.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface End {
  readonly process: SimulatedProcess;
  /** The connection is no more. */
  ended(): void;
}

interface Direction {
  readonly to: End;
  lastArrival: number;
  isOver: boolean;
}

interface Surroundings {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly faults: Faults;
}

/** Socket.IO's: a ping each 25 s, which may take 20 s. */
const pingPatienceMs = { least: 20_000, most: 45_000 };

export class SimulatedLink {
  readonly id: string;
  readonly #around: Surroundings;
  readonly #toClient: Direction;
  readonly #toServer: Direction;
  #carries = true;

  constructor(
    id: string,
    ends: { readonly client: End; readonly server: End },
    around: Surroundings,
  ) {
    this.id = id;
    this.#around = around;
    this.#toClient = { to: ends.client, lastArrival: 0, isOver: false };
    this.#toServer = { to: ends.server, lastArrival: 0, isOver: false };
    ends.client.process.onEnd(() => {
      this.break();
    });
    ends.server.process.onEnd(() => {
      this.break();
    });
  }

  get isOver(): boolean {
    return this.#toClient.isOver && this.#toServer.isOver;
  }

  /** The server has been told that it is over. */
  get isLeft(): boolean {
    return this.#toServer.isOver;
  }

  toClient(work: () => void): void {
    this.#carry(this.#toClient, work);
  }

  toServer(work: () => void): void {
    this.#carry(this.#toServer, work);
  }

  /** One end closes it: what that end has sent before arrives, then the other end is told. */
  close(by: 'client' | 'server'): void {
    const [own, other] =
      by === 'client' ? [this.#toClient, this.#toServer] : [this.#toServer, this.#toClient];
    own.isOver = true;
    this.#carry(other, () => {
      this.#end(other);
    });
  }

  /** It breaks: nothing more arrives. */
  break(): void {
    if (!this.#carries) return;
    this.#carries = false;
    this.#endLater({ least: 0, most: 50 });
  }

  /** Half open: nothing more arrives, and nobody knows. */
  goSilent(): void {
    if (!this.#carries) return;
    this.#carries = false;
    this.#endLater(pingPatienceMs);
  }

  #endLater({ least, most }: { readonly least: number; readonly most: number }): void {
    const { time, random } = this.#around;
    for (const direction of [this.#toClient, this.#toServer]) {
      time.after(
        random.between(least, most),
        () => {
          this.#end(direction);
        },
        direction.to.process,
      );
    }
  }

  #end(direction: Direction): void {
    if (direction.isOver) return;
    direction.isOver = true;
    direction.to.ended();
  }

  #carry(direction: Direction, work: () => void): void {
    const { time, random, faults } = this.#around;
    const { leastMs, spreadMs } = faults.network;
    const arrival = Math.max(
      direction.lastArrival,
      time.now + leastMs + random.fraction() * spreadMs,
    );
    direction.lastArrival = arrival;
    time.after(
      arrival - time.now,
      () => {
        if (this.#carries && !direction.isOver) work();
      },
      direction.to.process,
    );
  }
}
