/** Seeds of the simulation: each is one history of a workspace with two nodes in bad weather. See README.md. */
import { describe, expect, it } from 'vitest';
import { sabotages } from './faults.ts';
import { simulate } from './simulation.ts';
import { addReached, everReached, findUnreached, soonReached } from './sometimes.ts';

const isLong = process.env.LODESTONE_TEST_SIZE === 'long';
const seeds = isLong ? 1_500 : 40;
const mostMs = isLong ? 3_600_000 : 120_000;
/** A fault in the product must show within so many seeds. */
const seedsToFind = 40;

describe('the simulation', () => {
  it(
    'keeps every promise, and reaches the rare paths',
    async () => {
      const reached = new Map<string, number>();
      for (let seed = 1; seed <= seeds; seed += 1) {
        const result = await simulate(seed);
        expect(result.violation, `npm run simulate -- --seed ${String(seed)}`).toBeUndefined();
        addReached(reached, result.reached);
      }

      expect(findUnreached(isLong ? everReached : soonReached, reached)).toEqual([]);
    },
    mostMs,
  );

  it('plays a seed again step by step, whatever was played before', async () => {
    const first = await simulate(5, { keepsLines: true });
    await simulate(6);
    const again = await simulate(5, { keepsLines: true });

    expect(again.lines).toEqual(first.lines);
    expect(again.digest).toBe(first.digest);
    expect((await simulate(6)).digest).not.toBe(first.digest);
  }, 60_000);

  it.each(sabotages)(
    'finds the fault %s',
    async (sabotage) => {
      for (let seed = 1; seed <= seedsToFind; seed += 1) {
        if ((await simulate(seed, { sabotage })).violation !== undefined) return;
      }
      expect.fail(`${sabotage} went through ${String(seedsToFind)} seeds unnoticed`);
    },
    60_000,
  );
});
