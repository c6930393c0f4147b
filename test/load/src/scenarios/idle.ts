/** People who have a document open and do nothing: what each of them costs in memory. */
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '@lodestone/test-support';
import { readRssKiB } from '../measure/process-figures.ts';
import type { Figures } from '../report/figures.ts';
import type { RunningServer } from '../servers/running-server.ts';
import type { Connection } from '../wire/connection.ts';
import { RunFailed, type Scenario } from './scenario.ts';
import { withServer } from './with-server.ts';

const connections = 1_000;
/** Connected before the first reading, so that what the server loads once does not count. */
const before = 50;
const collections = 3;
const afterCollectionMs = 400;
const patienceMs = 30_000;

export const idle: Scenario = {
  title: `idle: ${String(connections)} connections to one document`,
  contenders: ['lodestone', 'hocuspocus', 'y-websocket', 'relay'],
  sessions: 100,
  run: (run) => {
    const preload = new URL('../servers/programs/collect-garbage.ts', import.meta.url);
    const environment = { NODE_OPTIONS: `--import=${preload.href}` };

    return withServer(run, { documents: 1, environment }, measure);
  },
};

async function measure(server: RunningServer): Promise<Figures> {
  const open: Connection[] = [];
  try {
    await connect(server, open, before);
    const first = await readSettledKiB(server);
    await connect(server, open, connections);
    const second = await readSettledKiB(server);

    return { kibPerConnection: (second - first) / connections, rssMiB: second / 1024 };
  } finally {
    for (const connection of open) connection.close();
  }
}

async function connect(server: RunningServer, open: Connection[], count: number): Promise<void> {
  const [document = ''] = server.documents;
  for (let made = 0; made < count; made++) {
    open.push(await server.connect(document, open.length));
  }
}

/** What is left after its garbage is collected; the kernel takes pages back a moment later. */
async function readSettledKiB(server: RunningServer): Promise<number> {
  for (let collection = 0; collection < collections; collection++) {
    const before = countCollections(server);
    process.kill(server.pid, 'SIGUSR2');
    if (!(await until(() => countCollections(server) > before, patienceMs))) {
      throw new RunFailed('the garbage was not collected');
    }
    await delay(afterCollectionMs);
  }

  return readRssKiB(server.pid);
}

function countCollections(server: RunningServer): number {
  return server.output().split('garbage collected').length;
}
