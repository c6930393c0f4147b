/** Keeps the measured server and the generator out of each other's way: a core each, where the system allows it. */
import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const serverCore = '0';
const generatorCore = '1';

/** One line that says who runs where, for the head of the table. */
export type Placement = string;

/** Called after PostgreSQL has started, which would otherwise inherit the generator's core. */
export function pinGenerator(): Placement {
  if (availableParallelism() < 2) return 'one core: server and generator share it';

  return pin(process.pid, generatorCore)
    ? `server on core ${serverCore}, generator on core ${generatorCore}, PostgreSQL on either`
    : 'unpinned: taskset is not there';
}

/** All threads it has now; those it starts later inherit it. */
export function pinServer(pid: number): void {
  if (availableParallelism() >= 2) pin(pid, serverCore);
}

function pin(pid: number, cores: string): boolean {
  try {
    execFileSync('taskset', ['-a', '-c', '-p', cores, String(pid)], { stdio: 'ignore' });

    return true;
  } catch {
    return false;
  }
}

/** For what is a program of its own and no generator: a browser, which starts with this process's cores. */
export async function sharingAllCores<T>(work: () => Promise<T>): Promise<T> {
  const all = `0-${String(availableParallelism() - 1)}`;
  pin(process.pid, all);
  try {
    return await work();
  } finally {
    if (availableParallelism() >= 2) pin(process.pid, generatorCore);
  }
}
