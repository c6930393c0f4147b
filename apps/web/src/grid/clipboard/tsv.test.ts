import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBlock, parseBlock } from './tsv.ts';

describe('parseBlock', () => {
  it('reads rows and cells, with either line break and one at the end', () => {
    expect(parseBlock('a\tb\r\nc\td\r\n')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('reads tabs, line breaks and doubled quotes inside quoted cells', () => {
    expect(parseBlock('"a\tb"\t"one\ntwo"\t"say ""so"""')).toEqual([
      ['a\tb', 'one\ntwo', 'say "so"'],
    ]);
  });

  it('keeps a quote that is part of the text', () => {
    expect(parseBlock('"big" mine\tb\n5" pipe\td')).toEqual([
      ['"big" mine', 'b'],
      ['5" pipe', 'd'],
    ]);
  });

  it('keeps empty cells and rows of different length', () => {
    expect(parseBlock('a\t\tb\n\nc')).toEqual([['a', '', 'b'], [''], ['c']]);
  });

  it('reads nothing as one empty cell', () => {
    expect(parseBlock('')).toEqual([['']]);
  });
});

describe('formatBlock', () => {
  it('is read back as it was, whatever the cells hold', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '日', '"', '\t', '\n', ' ', ',') });
    const block = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
          minLength: 1,
          maxLength: 4,
        }),
      )
      // A last row of one empty cell cannot be told from a final line break.
      .filter((rows) => rows.at(-1)?.join('') !== '' || rows[0]?.length !== 1);

    fc.assert(
      fc.property(block, (rows) => {
        expect(parseBlock(formatBlock(rows))).toEqual(rows);
      }),
    );
  });
});
