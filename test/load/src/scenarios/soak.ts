/** An hour of ordinary work, people coming and going: memory and open handles must not grow. */
import { setTimeout as delay } from 'node:timers/promises';
import { quantile, until } from '@lodestone/test-support';
import { Ledger } from '../measure/ledger.ts';
import { Pacer } from '../measure/pacer.ts';
import { countHandles, readRssKiB } from '../measure/process-figures.ts';
import type { Figures } from '../report/figures.ts';
import type { RunningServer } from '../servers/running-server.ts';
import { Audience } from './audience.ts';
import { RunFailed, type Scenario } from './scenario.ts';
import { withServer } from './with-server.ts';

const shape = { writers: 20, observers: 50, probes: 1 };
const updatesPerSecond = 5;
const visitsPerSecond = 1;
const sampleEveryMs = 10_000;
const settleMs = 30_000;

interface Sample {
  readonly rssMiB: number;
  readonly handles: number;
}

export function soakFor(minutes: number): Scenario {
  return {
    title: `soak: ${String(minutes)} minutes, 20 writers x 5/s, 50 observers, a visitor each second`,
    contenders: ['lodestone'],
    sessions: 20,
    run: (run) => withServer(run, { documents: 1 }, (server) => soak(server, minutes)),
  };
}

async function soak(server: RunningServer, minutes: number): Promise<Figures> {
  const [document = ''] = server.documents;
  const ledger = new Ledger();
  const audience = await Audience.gather(server, document, { shape, ledger, firstSeat: 0 });
  const { writers, acknowledgements } = audience;
  for (const writer of writers) writer.begin();
  await settled(audience);
  ledger.open();
  const pacer = new Pacer(shape.writers, updatesPerSecond, (index) => writers[index]?.write());
  const visits = new Pacer(1, visitsPerSecond, () => {
    void visit(server, document);
  });
  pacer.start();
  visits.start();
  const samples = await sample(server.pid, minutes);
  pacer.stop();
  visits.stop();
  for (const counter of audience.counters) counter.awaitLast();
  for (const writer of writers) writer.finish();
  await settled(audience);
  const problems = await server.verify(document, { acknowledged: acknowledgements.taken });
  if (problems.length > 0) throw new RunFailed(problems.join('; '));

  return toFigures(samples, acknowledgements.latencies);
}

/** Somebody opens the document, looks, and goes. */
async function visit(server: RunningServer, document: string): Promise<void> {
  const connection = await server.connect(document, 0);
  connection.close();
}

async function sample(pid: number, minutes: number): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  const end = performance.now() + minutes * 60_000;
  while (performance.now() < end) {
    await delay(Math.min(sampleEveryMs, minutes * 1_000));
    const now = { rssMiB: readRssKiB(pid) / 1024, handles: countHandles(pid) };
    samples.push(now);
    // An hour is long: whoever waits sees how it goes.
    process.stderr.write(`  ${now.rssMiB.toFixed(0)} MiB, ${String(now.handles)} handles\n`);
  }

  return samples;
}

async function settled(audience: Audience): Promise<void> {
  const { acknowledgements } = audience;
  const isSettled = () =>
    audience.missingAtProbes() === 0 &&
    acknowledgements.taken + acknowledgements.refused === acknowledgements.sent;
  if (!(await until(isSettled, settleMs))) throw new RunFailed('something never arrived');
}

/** Memory breathes with its garbage: the last fifth is compared with the middle one, by their medians. */
function toFigures(samples: readonly Sample[], latencies: readonly number[]): Figures {
  const fifth = Math.max(1, Math.floor(samples.length / 5));
  const middle = samples.slice(2 * fifth, 3 * fifth);
  const end = samples.slice(-fifth);
  const median = (of: readonly Sample[], what: keyof Sample) =>
    quantile(
      of.map((one) => one[what]),
      0.5,
    );

  return {
    memoryGrowth: median(end, 'rssMiB') / median(middle, 'rssMiB'),
    handleGrowth: median(end, 'handles') - median(middle, 'handles'),
    rssMiB: median(end, 'rssMiB'),
    ackP50: quantile(latencies, 0.5),
    ackP99: quantile(latencies, 0.99),
    missing: 0,
  };
}
