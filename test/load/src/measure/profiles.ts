/** What a server spent its time in, from the CPU profiles that Node writes when it ends. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: {
      readonly functionName: string;
      readonly url: string;
      readonly lineNumber: number;
    };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const listed = 40;

/** The functions that themselves took longest at the end of each profile of a folder: its beginning is the start. */
export async function describeProfiles(folder: string, lastSeconds: number): Promise<string> {
  const times = new Map<string, number>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.cpuprofile')) continue;
    const profile = JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Profile;
    addTimes(profile, lastSeconds, times);
  }
  const idle = times.get('(idle)') ?? 0;
  const total = [...times.values()].reduce((sum, time) => sum + time, 0) - idle;
  const lines = [...times]
    .filter(([name]) => name !== '(idle)')
    .sort(([, a], [, b]) => b - a)
    .slice(0, listed)
    .map(([name, time]) => `${((time / total) * 100).toFixed(1).padStart(5)} %  ${name}`);

  return lines.join('\n');
}

function addTimes(
  { nodes, samples, timeDeltas }: Profile,
  lastSeconds: number,
  times: Map<string, number>,
): void {
  const names = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === '' ? '' : ` ${path.basename(url)}:${String(lineNumber + 1)}`;

      return [id, `${functionName || '(anonymous)'}${place}`];
    }),
  );
  let left = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  for (const [index, sample] of samples.entries()) {
    left -= timeDeltas[index] ?? 0;
    if (left > lastSeconds * 1e6) continue;
    const name = names.get(sample) ?? '';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0));
  }
}
