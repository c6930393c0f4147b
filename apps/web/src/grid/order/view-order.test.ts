import { describe, expect, it } from 'vitest';
import type { RegisterRecord } from '@lodestone/document-model';
import { everyColumn, layoutOf, noChoices } from '../columns/column.ts';
import { id, thing, things, viewOf } from '../testing/fixtures.ts';
import { noFilter, type Condition } from './conditions.ts';
import {
  isInOrder,
  matches,
  orderRows,
  sortAfterClick,
  sortRows,
  type OrderContext,
} from './view-order.ts';

function contextOf(records: readonly RegisterRecord[], language: 'en' | 'ja' = 'en'): OrderContext {
  const view = viewOf(records, { language });

  return {
    allColumns: everyColumn(things, language),
    shownColumns: layoutOf({ register: things, choices: noChoices, language }).columns,
    around: view.around(),
    record: (record) => view.record(record),
  };
}

const ids = (records: readonly RegisterRecord[]) => records.map((record) => record.id);

describe('sortRows', () => {
  it('sorts by value, not by text', () => {
    const records = [
      thing('a', { amount: 10 }),
      thing('b', { amount: 9 }),
      thing('c', { amount: -1 }),
    ];

    expect(sortRows(ids(records), [{ field: 'amount' }], contextOf(records))).toEqual([
      'c',
      'b',
      'a',
    ]);
  });

  it('puts empty cells last in both directions', () => {
    const records = [thing('a'), thing('b', { amount: 2 }), thing('c', { amount: 1 })];
    const context = contextOf(records);

    expect(sortRows(ids(records), [{ field: 'amount' }], context)).toEqual(['c', 'b', 'a']);
    expect(sortRows(ids(records), [{ field: 'amount', descending: true }], context)).toEqual([
      'b',
      'c',
      'a',
    ]);
  });

  it('sorts by further keys, and ties by record id', () => {
    const records = [
      thing('d', { state: 'open', amount: 1 }),
      thing('c', { state: 'done', amount: 1 }),
      thing('b', { state: 'open', amount: 1 }),
    ];

    expect(
      sortRows(ids(records), [{ field: 'amount' }, { field: 'state' }], contextOf(records)),
    ).toEqual(['b', 'd', 'c']);
  });

  it('sorts a bilingual text by the side that is shown', () => {
    const records = [
      { id: id('1'), fields: { name: 'B', nameJa: 'あ' } },
      { id: id('2'), fields: { name: 'A', nameJa: 'い' } },
    ];

    expect(sortRows(ids(records), [{ field: 'name' }], contextOf(records))).toEqual(['2', '1']);
    expect(sortRows(ids(records), [{ field: 'name' }], contextOf(records, 'ja'))).toEqual([
      '1',
      '2',
    ]);
  });

  it('knows whether two neighbours are in order', () => {
    const records = [thing('a', { amount: 1 }), thing('b', { amount: 2 })];
    const context = contextOf(records);

    expect(isInOrder(id('a'), id('b'), [{ field: 'amount' }], context)).toBe(true);
    expect(isInOrder(id('b'), id('a'), [{ field: 'amount' }], context)).toBe(false);
  });
});

describe('matches', () => {
  const record = thing('Mountain Pass', {
    amount: 5,
    due: '2027-Q1',
    party: 'JPN',
    tags: ['red'],
    nameJa: '岬',
  });
  const context = contextOf([record]);
  const holds = (condition: Condition) =>
    matches(record, { ...noFilter, conditions: [condition] }, context);

  it.each([
    [{ field: 'name', test: 'contains', value: 'ＰＡＳＳ' }, true],
    [{ field: 'name', test: 'is', value: 'mountain pass' }, true],
    [{ field: 'name', test: 'is-not', value: 'mountain pass' }, false],
    [{ field: 'amount', test: 'greater', value: 4 }, true],
    [{ field: 'amount', test: 'less', value: 5 }, false],
    [{ field: 'due', test: 'greater', value: '2026-12' }, true],
    [{ field: 'due', test: 'less', value: '2027' }, false],
    [{ field: 'party', test: 'is', value: 'JPN' }, true],
    [{ field: 'tags', test: 'has', value: 'red' }, true],
    [{ field: 'tags', test: 'has-not', value: 'blue' }, true],
    [{ field: 'state', test: 'empty', value: null }, true],
    [{ field: 'amount', test: 'not-empty', value: null }, true],
    [{ field: 'checked', test: 'greater', value: true }, false],
  ] satisfies [Condition, boolean][])('%j: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  it('looks for the quick text in every shown column, titles of references too', () => {
    const quick = (text: string) => matches(record, { quick: text, conditions: [] }, context);

    expect([quick('japan'), quick('2027-q1'), quick('岬'), quick('  ')]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  it('asks for all conditions at once', () => {
    const filter = {
      quick: 'mountain',
      conditions: [{ field: 'amount', test: 'greater', value: 10 } as const],
    };

    expect(matches(record, filter, context)).toBe(false);
    expect(orderRows([record.id], filter, [], context)).toEqual([]);
  });
});

describe('sortAfterClick', () => {
  const byDefault = [{ field: 'name' }];

  it('goes up, then down, then back to the default', () => {
    const first = sortAfterClick(byDefault, 'amount', { adds: false, byDefault });
    const second = sortAfterClick(first, 'amount', { adds: false, byDefault });
    const third = sortAfterClick(second, 'amount', { adds: false, byDefault });

    expect([first, second, third]).toEqual([
      [{ field: 'amount' }],
      [{ field: 'amount', descending: true }],
      byDefault,
    ]);
  });

  it('adds a key, turns it in its place, and takes it out again', () => {
    const added = sortAfterClick(byDefault, 'amount', { adds: true, byDefault });
    const turned = sortAfterClick(added, 'name', { adds: true, byDefault });
    const without = sortAfterClick(turned, 'name', { adds: true, byDefault });

    expect(added).toEqual([{ field: 'name' }, { field: 'amount' }]);
    expect(turned).toEqual([{ field: 'name', descending: true }, { field: 'amount' }]);
    expect(without).toEqual([{ field: 'amount' }]);
  });
});
