/** Two hundred people who move through one document and write nothing. */
import { setTimeout as delay } from 'node:timers/promises';
import { quantile, until } from '@lodestone/test-support';
import { Ledger, Sightings } from '../measure/ledger.ts';
import { sharesOf, startMeter } from '../measure/meter.ts';
import { Pacer } from '../measure/pacer.ts';
import { readRssKiB } from '../measure/process-figures.ts';
import type { Figures } from '../report/figures.ts';
import type { RunningServer } from '../servers/running-server.ts';
import type { Connection } from '../wire/connection.ts';
import { RunFailed, type Run, type Scenario } from './scenario.ts';
import { withServer } from './with-server.ts';

const people = 200;
const movesPerSecond = 1;
const drainMs = 10_000;
/** A place that only the one person stands in: a record id of the product's size, with who and which move. */
const place = /record-(\d+)-(\d+)-here/g;

export const presence: Scenario = {
  title: `presence: ${String(people)} people moving at ${String(movesPerSecond)} Hz`,
  contenders: ['lodestone', 'hocuspocus', 'y-websocket'],
  sessions: 40,
  run: (run) => withServer(run, { documents: 1 }, (server) => measure(run, server)),
};

async function measure({ pace, stage, contender }: Run, server: RunningServer): Promise<Figures> {
  const [document = ''] = server.documents;
  const ledger = new Ledger();
  const crowd: Connection[] = [];
  for (let person = 0; person < people; person++) {
    crowd.push(await server.connect(document, ledger.addWriter()));
  }
  let frames = 0;
  for (const connection of crowd) connection.listen(() => frames++);
  const sightings = watch(await server.connect(document, 0), ledger);
  const move = (person: number) => {
    crowd[person]?.stand?.(`record-${String(person)}-${String(ledger.make(person))}-here`);
  };
  const pacer = new Pacer(people, movesPerSecond, move);
  pacer.start();
  await delay(pace.warmSeconds * 1000);
  sightings.open();
  ledger.open();
  frames = 0;
  const readUsage = startMeter(server, stage);
  await delay(pace.seconds * 1000);
  pacer.stop();
  const missing = () => sightings.missing(crowd.keys());
  const hasAll = await until(() => missing() === 0, drainMs);
  if (!hasAll && contender === 'lodestone') {
    throw new RunFailed(`${String(missing())} moves never arrived`);
  }
  const usage = readUsage();

  return {
    sightP50: quantile(sightings.latencies, 0.5),
    sightP99: quantile(sightings.latencies, 0.99),
    messagesPerObserver: (frames / people / usage.wallMs) * 1000,
    rssMiB: readRssKiB(server.pid) / 1024,
    missing: missing(),
    ...sharesOf(usage),
  };
}

/** A move that a later one overtook on its way counts as seen with it: presence says where people are, not were. */
function watch(connection: Connection, ledger: Ledger): Sightings {
  const sightings = new Sightings(ledger);
  connection.listen((frame) => {
    const now = performance.now();
    for (const [, person, move] of frame.toString('latin1').matchAll(place)) {
      sightings.note(Number(person), Number(move), now);
    }
  });

  return sightings;
}
