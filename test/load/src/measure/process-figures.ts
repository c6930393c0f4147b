/** What Linux says of a process under /proc: its CPU time, its memory, its open handles. */
import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts for programs in hundredths of a second, whatever its own tick is. */
const tickMs = 10;
/** Places in /proc/<pid>/stat, counted from the field after the program's name. */
const place = { parent: 1, user: 11, system: 12, reapedUser: 13, reapedSystem: 14 } as const;

/** CPU time of all threads of a process since its start, in milliseconds. */
export function readCpuMs(pid: number): number {
  const stat = readStat(pid);

  return stat === undefined ? Number.NaN : (stat(place.user) + stat(place.system)) * tickMs;
}

/** ... of a process and of all its children, also of those that have ended: PostgreSQL has one for each connection. */
export function readFamilyCpuMs(pid: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    const member = Number(name);
    const stat = Number.isInteger(member) ? readStat(member) : undefined;
    if (stat === undefined || (member !== pid && stat(place.parent) !== pid)) continue;
    ticks += stat(place.user) + stat(place.system);
    if (member === pid) ticks += stat(place.reapedUser) + stat(place.reapedSystem);
  }

  return ticks * tickMs;
}

export function readRssKiB(pid: number): number {
  const [, size] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];

  return Number(size);
}

export function countHandles(pid: number): number {
  return readdirSync(`/proc/${String(pid)}/fd`).length;
}

/** CPU time that other machines on the same hardware took from this one since it started. */
export function readStolenMs(): number {
  return (readMachine()[machine.stolen] ?? Number.NaN) * tickMs;
}

/** CPU time of everything on this machine since it started. */
export function readBusyMs(): number {
  const times = readMachine();

  return machine.busy.reduce<number>((sum, index) => sum + (times[index] ?? 0), 0) * tickMs;
}

/** Places in the first line of /proc/stat: user, nice, system, interrupts of both kinds; idle and waiting are left out. */
const machine = { busy: [0, 1, 2, 5, 6], stolen: 7 } as const;

function readMachine(): readonly number[] {
  const [all = ''] = readFileSync('/proc/stat', 'utf8').split('\n');

  return all.split(/\s+/).slice(1).map(Number);
}

function readStat(pid: number): ((index: number) => number) | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name stands in brackets and may hold anything, brackets and spaces too.
    const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ');

    return (index) => Number(fields[index]);
  } catch {
    return undefined;
  }
}
