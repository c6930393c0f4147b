/** `kill -9` again and again while a crowd writes: how often, how many write, and how soon all must be well again. */
import { quantile, type WritingCrowd, ceiling, isLong } from '@lodestone/test-support';
import { expect } from 'vitest';

const kills = isLong ? 20 : 3;
/** From the kill to an acknowledged edit that was made after it, most times, and always. */
const promisedMs = 5_000;
const outlierMs = 20_000;

export const crowdSize = isLong ? { writers: 200, pauseMs: 400 } : { writers: 40, pauseMs: 100 };
export const killsTimeoutMs = 60_000 + kills * 30_000;

export interface Victim {
  /** Resolves when it is dead. */
  kill(): Promise<void>;
  /** Resolves when the workspace is ready again. */
  recover(): Promise<unknown>;
}

/** @returns how long each kill took, until it was ready and an edit was acknowledged that was made after the kill. */
export async function killRepeatedly(
  crowd: WritingCrowd,
  victim: Victim,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    await crowd.acknowledgements(crowdSize.writers * 3);
    times.push(await killOnce(crowd, victim));
  }
  process.stdout.write(`ready again after ${times.map(Math.round).join(', ')} ms\n`);

  return times;
}

export function expectAsPromised(times: readonly number[]): void {
  expect(times).toHaveLength(kills);
  expect(quantile(times, 0.5)).toBeLessThan(ceiling(promisedMs));
  expect(Math.max(...times)).toBeLessThan(outlierMs);
}

async function killOnce(crowd: WritingCrowd, victim: Victim): Promise<number> {
  const killedAt = performance.now();
  await victim.kill();
  const deadAt = performance.now();
  await victim.recover();
  const readyAt = performance.now();
  const acknowledgedAt = await crowd.acknowledgedAfter(deadAt);

  return Math.max(acknowledgedAt, readyAt) - killedAt;
}
