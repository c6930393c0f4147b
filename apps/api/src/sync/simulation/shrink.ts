/** Makes a failing run short: leaves out one part of its plan after the other, as long as a promise is still broken. */
import { simulate, type RunOptions, type RunResult } from './simulation.ts';

const mostRuns = 150;

export interface Shrunk {
  readonly result: RunResult;
  /** The steps that were left out, by their place in the plan. */
  readonly without: ReadonlySet<number>;
}

export async function shrink(
  failing: RunResult,
  options: Pick<RunOptions, 'sabotage'>,
): Promise<Shrunk> {
  let shortest: Shrunk = { result: failing, without: new Set() };
  let runs = 0;
  for (let size = Math.ceil(failing.steps.length / 2); size >= 1; size = halved(size)) {
    for (let start = 0; start < failing.steps.length && runs < mostRuns; start += size) {
      const without = new Set(shortest.without);
      const end = Math.min(start + size, failing.steps.length);
      for (let index = start; index < end; index += 1) without.add(index);
      if (without.size === shortest.without.size) continue;
      runs += 1;
      const result = await simulate(failing.seed, { ...options, without });
      if (result.violation !== undefined) shortest = { result, without };
    }
    if (size === 1) break;
  }

  return shortest;
}

function halved(size: number): number {
  return Math.max(1, Math.floor(size / 2));
}
