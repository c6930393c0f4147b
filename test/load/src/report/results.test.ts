/** Verdicts: a ratio is taken within a round, and its middle is held against the goal. */
import { describe, expect, it } from 'vitest';
import { Results } from './results.ts';

describe('judge', () => {
  it('compares those of one round with each other', () => {
    const results = new Results();
    const cpu = (contender: 'lodestone' | 'hocuspocus', values: readonly number[]) => {
      for (const [round, cpuPerDelivery] of values.entries()) {
        results.measured.push({
          scenario: 'quiet',
          contender,
          round,
          figures: { cpuPerDelivery, sightP50: 9 },
        });
      }
    };
    cpu('lodestone', [10, 40, 12]);
    cpu('hocuspocus', [20, 50, 10]);

    const verdicts = results.judge().map(({ goal, reached, isReached }) => ({
      figure: goal.figure,
      reached,
      isReached,
    }));

    expect(verdicts).toEqual([
      {
        figure: 'cpuPerDelivery',
        reached: { median: 0.8, lowest: 0.5, highest: 1.2 },
        isReached: true,
      },
      { figure: 'sightP50', reached: { median: 9, lowest: 9, highest: 9 }, isReached: false },
    ]);
  });

  it('reaches nothing where the other one was not measured', () => {
    const results = new Results();
    results.measured.push({
      scenario: 'quiet',
      contender: 'lodestone',
      round: 0,
      figures: { cpuPerDelivery: 1, sightP50: 1 },
    });

    expect(results.judge().map(({ isReached }) => isReached)).toEqual([false, true]);
  });
});
