import { describe, expect, it } from 'vitest';
import type { RecordId } from '@lodestone/document-model';
import { layoutOf, noChoices, type Layout } from '../columns/column.ts';
import { Observable } from '../state/observable.ts';
import { id, things } from '../testing/fixtures.ts';
import { SelectionStore } from './selection-store.ts';

class SomeRows extends Observable<{ readonly ids: readonly RecordId[] }> {
  rowOf(record: RecordId): number | undefined {
    const row = this.get().ids.indexOf(record);

    return row === -1 ? undefined : row;
  }

  show(...ids: readonly string[]): void {
    this.set({ ids: ids.map(id) });
  }
}

function setUp(...ids: readonly string[]) {
  const rows = new SomeRows({ ids: ids.map(id) });
  const layout = new Observable<Layout>(
    layoutOf({ register: things, choices: noChoices, language: 'en' }),
  );
  const selection = new SelectionStore(rows, layout);
  rows.subscribe(() => {
    selection.follow();
  });
  layout.subscribe(() => {
    selection.follow();
  });
  selection.follow();

  return { rows, layout, selection };
}

describe('SelectionStore', () => {
  it('stands in the first cell at first, and nowhere in an empty grid', () => {
    expect(setUp('a').selection.get()?.active).toEqual({ record: 'a', field: 'name' });
    expect(setUp().selection.get()).toBeUndefined();
  });

  it('stays in the same record when rows come above it', () => {
    const { rows, selection } = setUp('b', 'c');
    selection.stand({ row: 1, column: 2 });

    rows.show('a', 'b', 'c');

    expect(selection.get()).toMatchObject({ active: { record: 'c' }, at: { row: 2, column: 2 } });
  });

  it('keeps the corner of what is marked with its record', () => {
    const { rows, selection } = setUp('a', 'b', 'c');
    selection.mark({ row: 0, column: 0 }, { row: 2, column: 1 });

    rows.show('a', 'b', 'x', 'c');

    expect(selection.get()?.box).toEqual({ top: 0, bottom: 3, left: 0, right: 1 });
  });

  it('stands in what took the place of a lost row', () => {
    const { rows, selection } = setUp('a', 'b', 'c');
    selection.stand({ row: 2, column: 1 });

    rows.show('a', 'b');

    expect(selection.get()).toMatchObject({ active: { record: 'b' }, at: { row: 1, column: 1 } });
  });

  it('stays in the same column when columns before it go', () => {
    const { layout, selection } = setUp('a');
    selection.standIn(id('a'), 'state');

    layout.set(
      layoutOf({
        register: things,
        choices: { ...noChoices, hidden: { amount: true } },
        language: 'en',
      }),
    );

    expect(selection.get()?.active.field).toBe('state');
    expect(selection.get()?.at.column).toBe(3);
  });

  it('finds the column of a bilingual text by either side', () => {
    const { selection } = setUp('a');
    selection.stand({ row: 0, column: 3 });

    selection.standIn(id('a'), 'nameJa');

    expect(selection.get()?.active.field).toBe('name');
  });
});
