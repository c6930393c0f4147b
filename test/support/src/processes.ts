/** Processes as the system shows them: their children, their memory, and the signals that stop the whole of them. */
import { readFile } from 'node:fs/promises';

/** A process with all that it has started, the youngest generation last. Linux only. */
async function processTree(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').catch(
    () => '',
  );
  const children = text.split(' ').flatMap((word) => (word === '' ? [] : [Number(word)]));
  const trees = await Promise.all(children.map(processTree));

  return [pid, ...trees.flat()];
}

/** `kill -9` of all of it at once, as a power cut would; what is not there any more is no matter. */
export async function killTree(pid: number): Promise<void> {
  // The first one first, so that it starts nothing new.
  for (const one of await processTree(pid)) signal(one, 'SIGKILL');
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Bytes of memory that it holds. Linux only. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');

  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
