import { describe, expect, it } from 'vitest';
import { things } from '../testing/fixtures.ts';
import { keepChoices, readChoices } from './column-choices.ts';
import {
  columnShowing,
  everyColumn,
  layoutOf,
  markWidth,
  narrowest,
  noChoices,
  numberWidth,
  valueIn,
  type ColumnChoices,
} from './column.ts';

const layout = (choices: ColumnChoices = noChoices, language: 'en' | 'ja' = 'en') =>
  layoutOf({ register: things, choices, language });
const fieldsOf = (...of: Parameters<typeof layout>) =>
  layout(...of).columns.map(({ field }) => field);

describe('layoutOf', () => {
  it('shows what is not aside, with the title pinned beside number and marking', () => {
    const [title, second] = layout().columns;

    expect(fieldsOf()).not.toContain('archived');
    expect(title).toMatchObject({ field: 'name', isPinned: true, left: numberWidth + markWidth });
    expect(second).toMatchObject({ isPinned: false, left: layout().pinnedWidth });
  });

  it('puts pinned columns first and leaves hidden ones out', () => {
    expect(
      fieldsOf({ ...noChoices, pinned: { state: true }, hidden: { amount: true, nameJa: false } }),
    ).toEqual(['name', 'state', 'nameJa', 'due', 'party', 'tags', 'checked']);
  });

  it('never hides the title, nor makes a column too narrow to use', () => {
    const choices = { ...noChoices, hidden: { name: true }, widths: { name: 3 } };

    expect(layout(choices).columns[0]).toMatchObject({ field: 'name', width: narrowest });
  });

  it('pins no column where the window is narrow', () => {
    const narrow = layoutOf({
      register: things,
      choices: noChoices,
      language: 'en',
      viewportWidth: 390,
    });

    expect(narrow.columns.some(({ isPinned }) => isPinned)).toBe(false);
    expect(narrow.pinnedWidth).toBe(numberWidth + markWidth);
  });

  it('writes the reader’s side of a bilingual text', () => {
    expect(layout(noChoices, 'ja').columns[0]).toMatchObject({
      sides: ['nameJa', 'name'],
      label: '名称',
    });
  });
});

describe('valueIn', () => {
  it('shows the other side where the reader’s is missing', () => {
    const [column] = layout(noChoices, 'ja').columns;
    const record = { id: 'a' as never, fields: { name: 'Mine' } };

    expect(column && valueIn(column, record)).toEqual({ value: 'Mine', side: 'name' });
  });
});

describe('columnShowing', () => {
  it('finds a side in its own column where that is shown', () => {
    expect(columnShowing(layout().columns, 'nameJa')?.field).toBe('name');
    expect(columnShowing(everyColumn(things, 'en'), 'nameJa')?.field).toBe('nameJa');
  });
});

describe('kept choices', () => {
  const choices = { widths: { name: 300 }, hidden: { due: true }, pinned: { state: false } };

  it('are read back for the same register only', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };

    keepChoices(storage, 'thing', choices);

    expect(readChoices(storage, 'thing')).toEqual(choices);
    expect(readChoices(storage, 'other')).toEqual(noChoices);
  });

  it.each(['{', 'null', '7', '{"widths":{"name":"wide"},"hidden":[1]}'])(
    '%s is no choice',
    (text) => {
      const storage = { getItem: () => text, setItem: () => undefined };

      expect(readChoices(storage, 'thing')).toEqual(noChoices);
    },
  );

  it('a browser that keeps nothing does not stop the work', () => {
    const full = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('full');
      },
    };

    expect(() => {
      keepChoices(full, 'thing', choices);
    }).not.toThrow();
    expect(readChoices(full, 'thing')).toEqual(noChoices);
  });
});
