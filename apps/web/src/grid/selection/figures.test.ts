import { describe, expect, it } from 'vitest';
import { figuresOf } from './figures.ts';

const digits = (currency: string) => (currency === 'JPY' ? 0 : 2);

describe('figuresOf', () => {
  it('counts what is not empty, and adds up numbers', () => {
    expect(figuresOf([1, null, 5, 'text'], digits)).toEqual({
      count: 3,
      sum: 6,
      average: 3,
      unit: undefined,
    });
  });

  it('adds amounts of one unit or currency', () => {
    const tons = [
      { amount: 2, unit: 't' },
      { amount: 4, unit: 't' },
    ];
    const dollars = [{ minor: 250, currency: 'USD' }];

    expect(figuresOf(tons, digits)).toMatchObject({ sum: 6, average: 3, unit: 't' });
    expect(figuresOf(dollars, digits)).toMatchObject({ sum: 2.5, unit: 'USD' });
  });

  it('adds nothing up that is not the same thing', () => {
    const mixed = [{ amount: 2, unit: 't' }, { amount: 4, unit: 'kg' }, 3];

    expect(figuresOf(mixed, digits)).toMatchObject({ count: 3, sum: undefined });
  });

  it('takes marks, bounds and bands for what they are: not numbers', () => {
    const values = ['withheld', { above: 95, unit: 't' }, { from: 1, to: 2, unit: 't' }] as const;

    expect(figuresOf(values, digits)).toEqual({
      count: 3,
      sum: undefined,
      average: undefined,
      unit: undefined,
    });
  });
});
