/** Tells whether a process noted earlier is still that process: pids are reused, and a killed child lingers as a zombie. */
import { readFile, readlink } from 'node:fs/promises';

/** `startTime` is the kernel's, in ticks since boot; null where there is no `/proc`. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTime: string | null;
}

export async function identify(pid: number): Promise<ProcessIdentity> {
  return { pid, startTime: (await readStat(pid))?.startTime ?? null };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  if (!canSignal(identity.pid)) {
    return false;
  }
  const stat = await readStat(identity.pid);

  if (stat === undefined) {
    return process.platform !== 'linux';
  }
  return (
    stat.state !== 'Z' && (identity.startTime === null || identity.startTime === stat.startTime)
  );
}

/** The folder a process works in; undefined where that cannot be known. */
export async function workingFolder(pid: number): Promise<string | undefined> {
  return readlink(`/proc/${String(pid)}/cwd`).catch(() => undefined);
}

function canSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// The second field is the command in brackets and may hold anything; the third is the state, the 22nd the start time.
async function readStat(pid: number): Promise<{ state: string; startTime: string } | undefined> {
  const text = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];

  return state === undefined || startTime === undefined ? undefined : { state, startTime };
}
