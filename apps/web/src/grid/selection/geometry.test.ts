import { describe, expect, it } from 'vitest';
import { boxBetween, clamp, formatRowMarking, parseRowMarking, stepFrom } from './geometry.ts';

const extent = { rows: 100, columns: 10, pageRows: 20 };

describe('stepFrom', () => {
  it('steps by cells and pages', () => {
    const from = { row: 50, column: 5 };

    expect(stepFrom(from, { by: 'cells', rows: 1, columns: -1 }, extent)).toEqual({
      row: 51,
      column: 4,
    });
    expect(stepFrom(from, { by: 'pages', pages: -1 }, extent)).toEqual({ row: 30, column: 5 });
  });

  it('goes to an edge and leaves the other direction alone', () => {
    const from = { row: 50, column: 5 };

    expect(stepFrom(from, { by: 'edge', rows: 'last' }, extent)).toEqual({ row: 99, column: 5 });
    expect(stepFrom(from, { by: 'edge', columns: 'first' }, extent)).toEqual({
      row: 50,
      column: 0,
    });
  });
});

describe('clamp', () => {
  it('finds the nearest cell', () => {
    expect(clamp({ row: -3, column: 40 }, extent)).toEqual({ row: 0, column: 9 });
  });

  it('finds none in an empty grid', () => {
    expect(clamp({ row: 0, column: 0 }, { rows: 0, columns: 3 })).toBeUndefined();
  });
});

describe('the marking of a row', () => {
  const active = { row: 7, column: 4 };
  const box = boxBetween(active, { row: 5, column: 2 });

  it('spans the block whichever way it was marked', () => {
    expect(box).toEqual({ top: 5, bottom: 7, left: 2, right: 4 });
  });

  it('is read back as it was written', () => {
    expect(parseRowMarking(formatRowMarking(box, active, 7))).toEqual({
      left: 2,
      right: 4,
      active: 4,
      isTop: false,
      isBottom: true,
      isSingle: false,
    });
    expect(parseRowMarking(formatRowMarking(box, active, 5))).toMatchObject({
      active: -1,
      isTop: true,
    });
  });

  it('is nothing outside the block', () => {
    expect(formatRowMarking(box, active, 8)).toBe('');
    expect(parseRowMarking('')).toBeUndefined();
  });
});
