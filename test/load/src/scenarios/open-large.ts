/** A document of 10,000 records, opened by the first person after a restart: the server has stored it, but not in memory. */
import { setTimeout as delay } from 'node:timers/promises';
import { manyProjects } from '../measure/many-projects.ts';
import { startMeter } from '../measure/meter.ts';
import { readRssKiB } from '../measure/process-figures.ts';
import type { Figures } from '../report/figures.ts';
import type { RunningServer } from '../servers/running-server.ts';
import { countCells, fillDocument } from './fill-document.ts';
import { RunFailed, type Run, type Scenario } from './scenario.ts';
import { withServer } from './with-server.ts';

const records = 10_000;
/** A process that has just started still compiles and tidies; none of it belongs to the opening. */
const restMs = 1_500;
/** What the opening leaves to be done behind its answer counts. */
const afterMs = 300;

export const openLarge: Scenario = {
  title: 'open a document of 10,000 records from its snapshot',
  contenders: ['lodestone', 'hocuspocus-database'],
  sessions: 2,
  run: async (run) => {
    const documents = await store(run);

    return withServer(run, { documents }, (server) => measure(run, server));
  },
};

/** @returns the document that a server, which has ended, has stored. */
async function store(run: Run): Promise<readonly string[]> {
  return withServer(run, { documents: 1 }, async (server) => {
    const connection = await server.connect(server.documents[0] ?? '', 0);
    await fillDocument(connection, manyProjects(records));
    connection.close();

    return server.documents;
  });
}

async function measure({ stage }: Run, server: RunningServer): Promise<Figures> {
  await delay(restMs);
  const readUsage = startMeter(server, stage);
  const begun = performance.now();
  const connection = await server.connect(server.documents[0] ?? '', 0);
  const openMs = performance.now() - begun;
  await delay(afterMs);
  const { serverMs, stolenMs } = readUsage();
  connection.close();
  const found = countCells(connection.state);
  if (found !== records) throw new RunFailed(`${String(found)} records came`);

  return {
    openCpuMs: serverMs,
    openMs,
    documentKiB: connection.state.length / 1024,
    rssMiB: readRssKiB(server.pid) / 1024,
    stolenMs,
  };
}
