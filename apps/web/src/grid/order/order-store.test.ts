import { describe, expect, it } from 'vitest';
import type { RegisterRecord } from '@lodestone/document-model';
import { everyColumn, layoutOf, noChoices } from '../columns/column.ts';
import { id, thing, things, viewOf } from '../testing/fixtures.ts';
import { noFilter } from './conditions.ts';
import { OrderStore } from './order-store.ts';
import type { OrderContext } from './view-order.ts';

function setUp(records: readonly RegisterRecord[]) {
  const view = viewOf(records);
  const context: OrderContext = {
    allColumns: everyColumn(things, 'en'),
    shownColumns: layoutOf({ register: things, choices: noChoices, language: 'en' }).columns,
    around: view.around(),
    record: (record) => view.record(record),
  };
  const order = new OrderStore(view, context);
  view.subscribeIds(() => {
    order.followIds();
  });
  view.subscribeChanges((changed) => {
    order.followChanges(changed);
  });

  return { view, order, context };
}

const open = { quick: '', conditions: [{ field: 'state', test: 'is', value: 'open' } as const] };

describe('OrderStore', () => {
  it('sorts as the register declares', () => {
    const { order } = setUp([thing('b'), thing('a')]);

    expect(order.get()).toMatchObject({ ids: ['a', 'b'], total: 2, isStale: false });
  });

  it('leaves an edited row where it is, and offers to sort again', () => {
    const { view, order } = setUp([thing('a'), thing('b'), thing('c')]);

    view.changeByOther([{ record: id('a'), field: 'name', value: 'z' }]);
    expect(order.get()).toMatchObject({ ids: ['a', 'b', 'c'], isStale: true });

    order.renew();
    expect(order.get()).toMatchObject({ ids: ['b', 'c', 'a'], isStale: false });
  });

  it('sorts again when titles of others come only where it sorts, or filters, by them', () => {
    const { view, order, context } = setUp([thing('a'), thing('b')]);
    view.changeByOther([{ record: id('a'), field: 'name', value: 'z' }]);
    const titled = () => ({ ...context, around: { ...context.around } });

    order.useContext(titled(), { mayMove: true });
    expect(order.get()).toMatchObject({ ids: ['a', 'b'], isStale: true });

    order.sortBy([{ field: 'party' }, { field: 'name' }]);
    view.changeByOther([{ record: id('b'), field: 'name', value: 'zz' }]);
    expect(order.get()).toMatchObject({ ids: ['b', 'a'], isStale: true });
    order.useContext(titled(), { mayMove: true });

    expect(order.get()).toMatchObject({ ids: ['a', 'b'], isStale: false });
  });

  it('does not offer it for a change that moves nothing', () => {
    const { view, order } = setUp([thing('a'), thing('b')]);

    view.changeByOther([{ record: id('a'), field: 'amount', value: 5 }]);

    expect(order.get().isStale).toBe(false);
  });

  it('puts new rows of others at the end, and rows made here where they were made', () => {
    const { view, order } = setUp([thing('a'), thing('c')]);

    const other = view.makeByOther({ name: 'b' });
    expect(order.get()).toMatchObject({ ids: ['a', 'c', other], isStale: true });
    const outcome = view.act({
      edits: [],
      created: [{ compartment: 'public' as never, fields: { name: 'x' } }],
    });
    if (outcome.status === 'done') order.place(outcome.created, 1);

    expect(order.get().ids).toEqual([
      'a',
      ...(outcome.status === 'done' ? outcome.created : []),
      'c',
      other,
    ]);
  });

  it('keeps a row that ceases to match while someone stands in it, and drops it when he leaves', () => {
    const { view, order } = setUp([thing('a', { state: 'open' }), thing('b', { state: 'open' })]);
    order.filterBy(open);
    order.standIn(id('a'));

    view.changeByOther([{ record: id('a'), field: 'state', value: 'done' }]);
    expect(order.get().ids).toEqual(['a', 'b']);
    expect([...order.get().unmatched]).toEqual(['a']);

    order.standIn(id('b'));
    expect(order.get()).toMatchObject({ ids: ['b'], unmatched: new Set() });
  });

  it('drops a row of others that ceases to match, and takes in one that begins to', () => {
    const { view, order } = setUp([thing('a', { state: 'open' }), thing('b', { state: 'done' })]);
    order.filterBy(open);

    view.changeByOther([
      { record: id('a'), field: 'state', value: 'done' },
      { record: id('b'), field: 'state', value: 'open' },
    ]);

    expect(order.get().ids).toEqual(['b']);
  });

  it('shows a row made here even where it does not match', () => {
    const { view, order } = setUp([thing('a', { state: 'open' })]);
    order.filterBy(open);

    const made = view.makeByOther({ name: 'new' });
    expect(order.get().ids).toEqual(['a']);
    order.place([made], 0);

    expect(order.get()).toMatchObject({ ids: [made, 'a'], unmatched: new Set([made]) });
  });

  it('keeps rows made here in sight until one has been in them, even where they do not match', () => {
    const { view, order } = setUp([thing('a', { state: 'open' })]);
    order.filterBy(open);
    const made = view.makeByOther({ name: 'new' });
    order.place([made]);

    view.changeByOther([{ record: made, field: 'amount', value: 1 }]);
    expect(order.get().ids).toEqual(['a', made]);
    order.standIn(made);
    order.standIn(id('a'));

    expect(order.get().ids).toEqual(['a']);
  });

  it('keeps the place of a record that the view lists a moment later', () => {
    const { view, order } = setUp([thing('a'), thing('b'), thing('c')]);
    order.place([id('made-1')], 1);
    expect(order.get().ids).toEqual(['a', 'b', 'c']);

    view.makeByOther({ name: 'z' });

    expect(order.get().ids).toEqual(['a', 'made-1', 'b', 'c']);
  });

  it('puts archived rows back where they stood', () => {
    const { view, order } = setUp([thing('a'), thing('b'), thing('c'), thing('d')]);
    const archive = (value: boolean) =>
      [id('b'), id('c')].map((record) => ({ record, field: 'archived', value }));

    view.changeByOther(archive(true));
    expect(order.get()).toMatchObject({ ids: ['a', 'd'], total: 2 });
    view.changeByOther(archive(false));

    expect(order.get().ids).toEqual(['a', 'b', 'c', 'd']);
  });

  it('says that nothing came or went where the list is only told anew', () => {
    const { view, order } = setUp([thing('a')]);

    expect(order.followIds()).toBe(false);
    view.makeByOther({ name: 'b' });
    expect(order.followIds()).toBe(false);
    order.filterBy(noFilter);
    expect(order.get().ids).toHaveLength(2);
  });
});
