/** The counters around a measured time: who used how much CPU, and what the machine did meanwhile. */
import { readBusyMs, readCpuMs, readStolenMs } from './process-figures.ts';

export interface Usage {
  readonly wallMs: number;
  readonly serverMs: number;
  readonly postgresMs: number;
  readonly generatorMs: number;
  /** The whole machine, whoever it was. */
  readonly busyMs: number;
  readonly stolenMs: number;
}

interface Server {
  readonly pid: number;
}

interface Database {
  readPostgresCpuMs(): number;
}

/** @returns what is to be called at the end of the measured time. */
export function startMeter(server: Server, database: Database): () => Usage {
  const begun = read(server, database);

  return () => {
    const ended = read(server, database);

    return {
      wallMs: ended.wallMs - begun.wallMs,
      serverMs: ended.serverMs - begun.serverMs,
      postgresMs: ended.postgresMs - begun.postgresMs,
      generatorMs: ended.generatorMs - begun.generatorMs,
      busyMs: ended.busyMs - begun.busyMs,
      stolenMs: ended.stolenMs - begun.stolenMs,
    };
  };
}

/** By these a reader sees whether a server or the generator was at its limit, and whether the machine was quiet. */
export function sharesOf(usage: Usage): {
  readonly serverShare: number;
  readonly generatorShare: number;
  readonly othersShare: number;
  readonly stolenMs: number;
} {
  const { wallMs, serverMs, postgresMs, generatorMs, busyMs, stolenMs } = usage;
  const share = (milliseconds: number) => (milliseconds / wallMs) * 100;

  return {
    serverShare: share(serverMs),
    generatorShare: share(generatorMs),
    othersShare: Math.max(0, share(busyMs - serverMs - postgresMs - generatorMs)),
    stolenMs,
  };
}

function read({ pid }: Server, database: Database): Usage {
  return {
    wallMs: performance.now(),
    serverMs: readCpuMs(pid),
    postgresMs: database.readPostgresCpuMs(),
    generatorMs: readCpuMs(process.pid),
    busyMs: readBusyMs(),
    stolenMs: readStolenMs(),
  };
}
