/** Figures that a reader trusts without seeing the runs behind them. */
import { quantile } from '@lodestone/test-support';
import { describe, expect, it } from 'vitest';
import { spreadOf } from './statistics.ts';

describe('quantile', () => {
  it.each([
    [0.5, 51],
    [0.99, 100],
    [1, 100],
    [0, 1],
  ])('of 1 to 100 at %d is %d', (share, expected) => {
    const shuffled = Array.from({ length: 100 }, (_, index) => ((index * 37) % 100) + 1);

    expect(quantile(shuffled, share)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('spreadOf', () => {
  it('has the middle of an odd number of runs, and its ends', () => {
    expect(spreadOf([10, 2, 9])).toEqual({ median: 9, lowest: 2, highest: 10 });
  });

  it('has the mean of the two middle ones of an even number', () => {
    expect(spreadOf([4, 1, 100, 2])).toEqual({ median: 3, lowest: 1, highest: 100 });
  });

  it('leaves out what could not be measured', () => {
    expect(spreadOf([Number.NaN, 5])).toEqual({ median: 5, lowest: 5, highest: 5 });
    expect(spreadOf([Number.NaN]).median).toBeNaN();
  });
});
