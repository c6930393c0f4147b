/** Documents that are written at a steady pace while others watch: the heart of three scenarios. */
import { setTimeout as delay } from 'node:timers/promises';
import { quantile, until } from '@lodestone/test-support';
import { Ledger } from '../measure/ledger.ts';
import { sharesOf, startMeter, type Usage } from '../measure/meter.ts';
import { Pacer } from '../measure/pacer.ts';
import { readRssKiB } from '../measure/process-figures.ts';
import type { Figures } from '../report/figures.ts';
import { contenders, type ContenderName } from '../servers/contenders.ts';
import type { RunningServer } from '../servers/running-server.ts';
import { Audience, type AudienceShape } from './audience.ts';
import { RunFailed, type Run } from './scenario.ts';
import { withServer } from './with-server.ts';

export interface LoadShape extends AudienceShape {
  readonly documents: number;
  /** Of each writer. */
  readonly updatesPerSecond: number;
}

const settleMs = 30_000;
/** A server that cannot keep up gets this long to deliver what it owes; then it counts as missing. */
const drainMs = 20_000;

export async function runSteadyLoad(run: Run, shape: LoadShape): Promise<Figures> {
  return withServer(run, { documents: shape.documents }, async (server) => {
    const load = await SteadyLoad.gather(server, shape);
    await load.begin();
    const figures = await load.measure(run);
    if (run.contender === 'lodestone') await load.verify(figures);

    return figures;
  });
}

class SteadyLoad {
  readonly #server: RunningServer;
  readonly #shape: LoadShape;
  readonly #ledger = new Ledger();
  readonly #audiences: Audience[] = [];

  private constructor(server: RunningServer, shape: LoadShape) {
    this.#server = server;
    this.#shape = shape;
  }

  static async gather(server: RunningServer, shape: LoadShape): Promise<SteadyLoad> {
    const load = new SteadyLoad(server, shape);
    const ledger = load.#ledger;
    for (const [index, document] of server.documents.entries()) {
      const firstSeat = index * shape.writers;
      load.#audiences.push(await Audience.gather(server, document, { shape, ledger, firstSeat }));
    }

    return load;
  }

  /** Every writer makes his record; it goes on when all probes have seen all of them. */
  async begin(): Promise<void> {
    for (const writer of this.#writers) writer.begin();
    if (await until(() => this.#missing() + this.#unanswered() === 0, settleMs)) return;
    throw new RunFailed(`${String(this.#missing())} records did not reach a probe`);
  }

  async measure({ pace, stage, contender }: Run): Promise<Figures> {
    const writers = this.#writers;
    const pacer = new Pacer(writers.length, this.#shape.updatesPerSecond, (index) => {
      writers[index]?.write();
    });
    pacer.start();
    await delay(pace.warmSeconds * 1000);
    this.#open();
    const readUsage = startMeter(this.#server, stage);
    await delay(pace.seconds * 1000);
    pacer.stop();
    await until(() => this.#missing() + this.#unanswered() === 0, drainMs);
    const figures = this.#toFigures(readUsage(), contender);

    return { ...figures, missing: await this.#finish() };
  }

  /**
   * Every writer's last value, unmeasured: all at once they would be another load.
   * @returns what did not arrive.
   */
  async #finish(): Promise<number> {
    for (const counter of this.#counters) counter.awaitLast();
    for (const writer of this.#writers) writer.finish();
    const missing = () => this.#missing() + this.#unfinished();
    await until(() => missing() + this.#unanswered() === 0, drainMs);

    return missing();
  }

  /** Nothing is missing or refused; what the server has stored is what was acknowledged, and what a newcomer gets. */
  async verify({ missing = 0, refused = 0 }: Figures): Promise<void> {
    if (missing + refused > 0) {
      throw new RunFailed(`${String(missing)} missing, ${String(refused)} refused`);
    }
    for (const { document, acknowledgements } of this.#audiences) {
      const expected = { acknowledged: acknowledgements.taken };
      const problems = await this.#server.verify(document, expected);
      if (problems.length > 0) throw new RunFailed(problems.join('; '));
    }
  }

  get #writers() {
    return this.#audiences.flatMap(({ writers }) => writers);
  }

  get #counters() {
    return this.#audiences.flatMap(({ counters }) => counters);
  }

  #open(): void {
    this.#ledger.open();
    for (const { probes, counters, acknowledgements } of this.#audiences) {
      for (const { sightings } of probes) sightings.open();
      for (const counter of counters) counter.frames = 0;
      acknowledgements.latencies.length = 0;
    }
  }

  #missing(): number {
    return sum(this.#audiences.map((audience) => audience.missingAtProbes()));
  }

  /** Updates whose answer is owed, where the server answers at all. */
  #unanswered(): number {
    const owed = this.#audiences.map(({ acknowledgements: { sent, taken, refused } }) =>
      taken + refused === 0 ? 0 : sent - taken - refused,
    );

    return sum(owed);
  }

  #unfinished(): number {
    return sum(this.#audiences.map((audience) => audience.unfinished()));
  }

  #toFigures(usage: Usage, contender: ContenderName): Figures {
    const { wallMs, serverMs, postgresMs } = usage;
    const sights = this.#audiences.flatMap(({ probes }) =>
      probes.flatMap(({ sightings }) => sightings.latencies),
    );
    const acks = this.#audiences.flatMap(({ acknowledgements }) => acknowledgements.latencies);
    const refused = sum(this.#audiences.map(({ acknowledgements }) => acknowledgements.refused));
    const deliveries = sum(this.#audiences.map((audience) => audience.deliveries()));
    const frames = sum(this.#counters.map((counter) => counter.frames));

    return {
      cpuPerDelivery: (serverMs * 1000) / deliveries,
      ...(contenders[contender].usesPostgres && {
        postgresPerDelivery: (postgresMs * 1000) / deliveries,
      }),
      sightP50: quantile(sights, 0.5),
      sightP99: quantile(sights, 0.99),
      ...(acks.length > 0 && {
        ackP50: quantile(acks, 0.5),
        ackP99: quantile(acks, 0.99),
        refused,
      }),
      updatesPerSecond: (this.#ledger.measured / wallMs) * 1000,
      messagesPerObserver: (frames / this.#counters.length / wallMs) * 1000,
      rssMiB: readRssKiB(this.#server.pid) / 1024,
      ...sharesOf(usage),
    };
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
