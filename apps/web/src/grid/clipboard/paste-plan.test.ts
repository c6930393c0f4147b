import { describe, expect, it } from 'vitest';
import { layoutOf, noChoices } from '../columns/column.ts';
import { denied, id, thing, things, viewOf } from '../testing/fixtures.ts';
import type { MemoryView } from '../testing/memory-view.ts';
import type { Box } from '../selection/geometry.ts';
import { planPaste, type PasteTarget } from './paste-plan.ts';

const layout = layoutOf({ register: things, choices: noChoices, language: 'en' });
const at = (field: string) => layout.columns.findIndex((column) => column.field === field);

function boxAt(row: number, field: string, size: { rows: number; columns: number }): Box {
  const left = at(field);

  return { top: row, bottom: row + size.rows - 1, left, right: left + size.columns - 1 };
}

const one = { rows: 1, columns: 1 };

function target(view: MemoryView, box: Box, more: Partial<PasteTarget> = {}): PasteTarget {
  return {
    register: things,
    columns: layout.columns,
    ids: view.ids(),
    box,
    around: view.around(),
    canMakeRows: true,
    record: (record) => view.record(record),
    decide: (record, field, to) => view.decide(record, field, to),
    ...more,
  };
}

describe('planPaste', () => {
  it('reads each cell in its column, and covers the block', () => {
    const view = viewOf([thing('a'), thing('b')]);

    const plan = planPaste([['1,200', '2027-Q1', '豪州']], target(view, boxAt(0, 'amount', one)));

    expect(plan.edits).toEqual([
      { record: 'a', field: 'amount', value: 1200 },
      { record: 'a', field: 'due', value: '2027-Q1' },
      { record: 'a', field: 'party', value: 'AUS' },
    ]);
    expect(plan.box).toEqual(boxAt(0, 'amount', { rows: 1, columns: 3 }));
    expect(plan.total).toBe(3);
  });

  it('fills what is marked with a single value', () => {
    const view = viewOf([thing('a'), thing('b'), thing('c')]);

    const plan = planPaste([['7']], target(view, boxAt(0, 'amount', { rows: 3, columns: 1 })));

    expect(plan.edits.map(({ record, value }) => [record, value])).toEqual([
      ['a', 7],
      ['b', 7],
      ['c', 7],
    ]);
  });

  it('repeats a block only as often as it fits in whole', () => {
    const view = viewOf([thing('a'), thing('b'), thing('c'), thing('d')]);
    const block = [['1'], ['2']];

    const even = planPaste(block, target(view, boxAt(0, 'amount', { rows: 4, columns: 1 })));
    const odd = planPaste(block, target(view, boxAt(0, 'amount', { rows: 3, columns: 1 })));

    expect(even.edits.map(({ value }) => value)).toEqual([1, 2, 1, 2]);
    expect(odd.edits.map(({ value }) => value)).toEqual([1, 2]);
  });

  it('leaves what does not parse, says why, and pastes the others', () => {
    const view = viewOf([thing('a')]);

    const plan = planPaste([['many', '2028']], target(view, boxAt(0, 'amount', one)));

    expect(plan.edits).toEqual([{ record: 'a', field: 'due', value: '2028' }]);
    expect(plan.refused).toMatchObject([{ row: 0, column: 'Amount', text: 'many' }]);
    expect(plan.refused[0]?.reason.en).toContain('must be a number');
  });

  it('leaves what is denied, with the reason of the decision', () => {
    const view = viewOf([thing('a')], {
      decide: (_record, field) => (field === 'due' ? denied : { effect: 'permit', rule: 'test' }),
    });

    const plan = planPaste([['1', '2028']], target(view, boxAt(0, 'amount', one)));

    expect(plan.edits).toHaveLength(1);
    expect(plan.refused).toMatchObject([{ column: 'Due', reason: { en: 'Not yours.' } }]);
  });

  it('writes nothing where the value is there already, and does not call that refused', () => {
    const view = viewOf([thing('a', { amount: 5, tags: ['blue', 'red'] })]);

    const plan = planPaste([['5']], target(view, boxAt(0, 'amount', one)));
    const set = planPaste([['Red; Blue']], target(view, boxAt(0, 'tags', one)));

    expect([plan.edits, plan.refused, set.edits, set.refused]).toEqual([[], [], [], []]);
  });

  it('reports cells beyond the last column', () => {
    const view = viewOf([thing('a')]);
    const last = layout.columns.at(-1)?.field ?? '';

    const plan = planPaste([['yes', 'x']], target(view, boxAt(0, last, one)));

    expect(plan.edits).toHaveLength(1);
    expect(plan.refused).toMatchObject([{ text: 'x', reason: { en: 'There is no column here.' } }]);
    expect(plan.box.right).toBe(layout.columns.length - 1);
  });

  it('makes rows past the last one, and skips empty lines there', () => {
    const view = viewOf([thing('a')]);

    const plan = planPaste(
      [
        ['a2', '1'],
        ['b', '2'],
        ['', ''],
        ['c', ''],
      ],
      target(view, boxAt(0, 'name', one)),
    );

    expect(plan.edits.map(({ value }) => value)).toEqual(['a2', 1]);
    expect(plan.created).toEqual([{ name: 'b', amount: 2 }, { name: 'c' }]);
  });

  it('makes no row that lacks a required value, and says which', () => {
    const view = viewOf([thing('a')]);

    const plan = planPaste([['1'], ['2']], target(view, boxAt(0, 'amount', one)));

    expect(plan.created).toEqual([]);
    expect(plan.refused).toMatchObject([
      { row: 1, text: '2', reason: { en: 'A new row needs a value in: Name.' } },
    ]);
  });

  it('makes no row where the reader may not', () => {
    const view = viewOf([]);

    const plan = planPaste([['b']], target(view, boxAt(0, 'name', one), { canMakeRows: false }));

    expect(plan.created).toEqual([]);
    expect(plan.refused).toMatchObject([
      { text: 'b', reason: { en: 'You cannot make rows here.' } },
    ]);
  });

  it('writes the reader’s side of a bilingual text', () => {
    const view = viewOf([thing('a')], { language: 'ja' });
    const japanese = layoutOf({ register: things, choices: noChoices, language: 'ja' });
    const box = boxAt(0, 'name', one);

    const plan = planPaste([['鉱山'], ['工場']], target(view, box, { columns: japanese.columns }));

    expect(plan.edits).toEqual([{ record: id('a'), field: 'nameJa', value: '鉱山' }]);
    expect(plan.created).toEqual([{ nameJa: '工場' }]);
  });
});
