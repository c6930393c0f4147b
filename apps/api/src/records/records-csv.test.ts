/** A table that opens in a spreadsheet as it was written, and calculates nothing. */
import { findRegister, type Register } from '@lodestone/document-model';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { toCsv } from './records-csv.ts';

const register = findRegister('project') as Register;

/** The cell of a field as a spreadsheet reads it. */
function cellOf(field: string, value: string | object): string | undefined {
  const csv = toCsv(register, [{ id: 'one', fields: { [field]: value as string } }]);

  return Papa.parse<Record<string, string>>(csv, { header: true }).data[0]?.[field];
}

describe('a text', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '-2+3+cmd|" /C calc"!A0',
    '@SUM(A1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    '＝1+1',
    '＠SUM(A1)',
    '=1+1\nand more',
    '-',
    '- a list\n- of things',
  ])('that would be a formula is marked as text: %j', (text) => {
    expect(cellOf('notes', text)).toBe(`'${text}`);
  });

  it.each(['plain', '1 = 1', 'a\nb', 'a,b;c', '"quoted"', '重希土類、磁石', '-5', '-1,200.5', "'"])(
    'that is none stays as it is: %j',
    (text) => {
      expect(cellOf('notes', text)).toBe(text);
    },
  );
});

describe('a table', () => {
  it('has a header and a row a record, and an empty cell for what is not there', () => {
    const csv = toCsv(register, [
      { id: 'one', fields: { name: 'One' } },
      { id: 'two', fields: { name: 'Two', parties: ['JPN', 'USA'] } },
    ]);

    const { data } = Papa.parse<string[]>(csv);
    expect(data[0]).toEqual(['id', ...Object.keys(register.fields)]);
    expect(data.map((row) => row.length)).toEqual(data.map(() => data[0]?.length));
    expect(data.slice(1).map(([id, name]) => [id, name])).toEqual([
      ['one', 'One'],
      ['two', 'Two'],
    ]);
    expect(csv).toContain('JPN; USA');
  });

  it('without records is its header', () => {
    expect(Papa.parse(toCsv(register, [])).data).toHaveLength(1);
  });
});
