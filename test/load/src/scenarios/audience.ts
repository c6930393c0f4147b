/** One document with those who write it and those who watch it. */
import type { Ledger } from '../measure/ledger.ts';
import type { RunningServer } from '../servers/running-server.ts';
import type { Connection } from '../wire/connection.ts';
import { Counter, Probe } from './reader.ts';
import { Writer, type Acknowledgements } from './writer.ts';

export interface AudienceShape {
  readonly writers: number;
  /** None: the writers watch each other. */
  readonly observers: number;
  /** How many of those who watch are probes, spread evenly over the order in which they came. */
  readonly probes: number;
}

interface Gathering {
  readonly shape: AudienceShape;
  readonly ledger: Ledger;
  /** Whose sessions they have: the writers' from this one on. */
  readonly firstSeat: number;
}

export class Audience {
  readonly document: string;
  readonly acknowledgements: Acknowledgements = { sent: 0, taken: 0, refused: 0, latencies: [] };
  readonly writers: Writer[] = [];
  readonly probes: Probe[] = [];
  readonly counters: Counter[] = [];
  readonly connections: Connection[] = [];
  /** How many receive what a writer sends: the watchers, or the other writers. */
  readonly receivers: number;

  private constructor(document: string, { writers, observers }: AudienceShape) {
    this.document = document;
    this.receivers = observers === 0 ? writers : observers;
  }

  static async gather(
    server: RunningServer,
    document: string,
    { shape, ledger, firstSeat }: Gathering,
  ): Promise<Audience> {
    const audience = new Audience(document, shape);
    const probeEvery = Math.ceil((shape.observers || shape.writers) / shape.probes);
    for (let seat = 0; seat < shape.observers; seat++) {
      audience.#watch(await audience.#connect(server, firstSeat + seat), {
        ledger,
        isProbe: seat % probeEvery === Math.floor(probeEvery / 2),
      });
    }
    for (let seat = 0; seat < shape.writers; seat++) {
      const connection = await audience.#connect(server, firstSeat + seat);
      const writer = new Writer(connection, ledger, audience.acknowledgements);
      audience.writers.push(writer);
      if (shape.observers > 0) continue;
      audience.#watch(connection, { ledger, isProbe: seat % probeEvery === 0, own: writer.number });
    }

    return audience;
  }

  /** Values that the worst probe has not seen. */
  missingAtProbes(): number {
    const writers = this.writers.map(({ number }) => number);

    return Math.max(0, ...this.probes.map((probe) => probe.missing(writers)));
  }

  /** Watchers whom some writer's last value has not reached. */
  unfinished(): number {
    const writers = this.writers.map(({ number }) => number);

    return this.counters.filter((counter) => counter.missing(writers) > 0).length;
  }

  /** What arrived in the measured time at all who receive: the probes stand for the others. */
  deliveries(): number {
    const arrived = this.probes.reduce((sum, { sightings }) => sum + sightings.arrived, 0);

    return (arrived / this.probes.length) * this.receivers;
  }

  async #connect(server: RunningServer, seat: number): Promise<Connection> {
    const connection = await server.connect(this.document, seat);
    this.connections.push(connection);

    return connection;
  }

  #watch(
    connection: Connection,
    how: { readonly ledger: Ledger; readonly isProbe: boolean; readonly own?: number },
  ): void {
    if (how.isProbe) {
      const probe = new Probe(connection, how.ledger, how.own);
      this.probes.push(probe);
      this.counters.push(probe.counter);
    } else {
      this.counters.push(new Counter(connection, how.own));
    }
  }
}
