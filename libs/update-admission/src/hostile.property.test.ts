/** Hostile updates by the thousand, with Yjs itself as the witness (security.md 1.3: run again on every update of Yjs). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attackDocument, mustMeet, startTally } from './testing/hostile-run.ts';

const isLong = process.env['LODESTONE_TEST_SIZE'] === 'long';

it(
  '[UA10] of 20,000 broken and made-up updates, each is harmless or refused',
  { timeout: isLong ? 900_000 : 180_000 },
  () => {
    const tally = startTally();
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        attackDocument(seed, 100, tally);
      }),
      isLong ? { numRuns: 1_000 } : { numRuns: 100, seed: 1 },
    );
    const reached = Object.fromEntries(tally.verdicts);
    for (const what of mustMeet) expect(reached).toHaveProperty([what]);
    expect(reached['admitted']).toBeGreaterThan(1_000);
    expect(tally.refusedAndHarmful).toBeGreaterThan(200);
  },
);
