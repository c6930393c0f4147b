import { describe, expect, it } from 'vitest';
import type { CompartmentId, RegisterRecord } from '@lodestone/document-model';
import { connect, createGridSession } from '../grid-session.ts';
import { draftId } from '../rows/draft-view.ts';
import { denied, id, thing, viewOf } from '../testing/fixtures.ts';
import type { MemoryViewOptions } from '../testing/memory-view.ts';
import { clearMarked, copyMarked, paste } from './blocks.ts';
import { cancelEditor, commitEditor, openEditor, toggleBoolean, typeInto } from './edit-cell.ts';
import { goToRecord, markAll } from './move.ts';
import { addRow, archiveMarked } from './rows.ts';
import { redo, undo } from './undo.ts';

const compartment = 'public' as CompartmentId;

function setUp(records: readonly RegisterRecord[], more: Partial<MemoryViewOptions> = {}) {
  const view = viewOf(records, more);
  const session = createGridSession(view, 'en');
  connect(session, 'en');

  return { view, session };
}

describe('editing a cell', () => {
  it('writes one cell of the reader’s side', () => {
    const { view, session } = setUp([thing('a')]);

    typeInto(session, 'b');
    const isDone = commitEditor(session);

    expect(isDone).toBe(true);
    expect(view.acts).toEqual([{ edits: [{ record: 'a', field: 'name', value: 'b' }] }]);
    expect(session.edit.get()).toBeUndefined();
  });

  it('stays open with its text where it does not parse', () => {
    const { view, session } = setUp([thing('a')]);
    session.selection.standIn(id('a'), 'due');

    typeInto(session, 'soon');

    expect(commitEditor(session)).toBe(false);
    expect(session.edit.get()).toMatchObject({ text: 'soon' });
    expect(session.edit.get()?.problem?.ja).toContain('日付');
    expect(view.acts).toEqual([]);
  });

  it('goes into the record it began in, when rows come above it', () => {
    const { view, session } = setUp([thing('b')]);
    typeInto(session, 'bb');

    view.makeByOther({ name: 'a' });
    session.order.renew();
    commitEditor(session);

    expect(view.acts[0]?.edits[0]?.record).toBe('b');
    expect(session.selection.get()?.at.row).toBe(1);
  });

  it('keeps the text where its record is gone', () => {
    const { view, session } = setUp([thing('a'), thing('b')]);
    typeInto(session, 'kept');
    view.record = () => undefined;

    expect(commitEditor(session)).toBe(false);
    expect(session.edit.get()).toMatchObject({ text: 'kept' });
    expect(session.edit.get()?.problem?.en).toContain('no longer here');
  });

  it('opens nothing that may not be edited, and says why until one moves on', () => {
    const { session } = setUp([thing('a')], { decide: () => denied });

    expect(openEditor(session, 'open')).toBe(false);
    typeInto(session, 'x');
    toggleBoolean(session);
    expect(session.edit.get()).toBeUndefined();
    expect(session.denial.get()?.decision).toBe(denied);

    session.selection.stand({ row: 0, column: 2 });
    expect(session.denial.get()).toBeUndefined();
  });
});

describe('a row that is made', () => {
  it('is born below where one stands, and one goes on standing in it', () => {
    const { session } = setUp([thing('a'), thing('c'), thing('d')]);
    session.selection.stand({ row: 1, column: 2 });

    addRow(session, compartment);
    expect(session.order.get().ids).toEqual(['a', 'c', draftId, 'd']);
    typeInto(session, 'b');
    commitEditor(session);

    expect(session.order.get().ids).toEqual(['a', 'c', 'made-1', 'd']);
    expect(session.selection.get()?.active).toEqual({ record: 'made-1', field: 'name' });
    expect(session.order.get().isStale).toBe(true);
  });

  it('is forgotten when one leaves it empty, and kept when something is in it', () => {
    const { session } = setUp([thing('a')]);
    addRow(session, compartment);
    cancelEditor(session);
    session.selection.stand({ row: 0, column: 0 });
    expect(session.order.get().ids).toEqual(['a']);

    addRow(session, compartment);
    cancelEditor(session);
    session.selection.standIn(draftId, 'amount');
    typeInto(session, '5');
    commitEditor(session);
    session.selection.stand({ row: 0, column: 0 });

    expect(session.order.get().ids).toEqual(['a', draftId]);
  });
});

describe('blocks', () => {
  it('are copied and pasted as one act, and what was pasted is marked', () => {
    const { view, session } = setUp([thing('a', { amount: 1 }), thing('b', { amount: 2 })]);
    session.selection.mark({ row: 0, column: 1 }, { row: 1, column: 1 });
    expect(copyMarked(session)).toBe('1\n2');

    paste(session, '7\t2027\n8\t2028', undefined);

    expect(view.acts).toHaveLength(1);
    expect(view.acts[0]?.edits).toHaveLength(4);
    expect(session.selection.get()?.box).toEqual({ top: 0, bottom: 1, left: 1, right: 2 });
    expect(session.notice.get()).toBeUndefined();
  });

  it('are cleared but for what must not be empty', () => {
    const { view, session } = setUp([thing('a', { amount: 1, tags: ['red'] })]);
    markAll(session);

    clearMarked(session);

    expect(view.acts[0]?.edits.map(({ field }) => field)).toEqual(['amount', 'tags']);
    expect(session.notice.get()).toMatchObject({ kind: 'cleared', total: 3 });
  });
});

describe('archiving', () => {
  it('takes what may be archived, counts the rest, and comes back where it was', () => {
    const { view, session } = setUp([thing('a'), thing('b'), thing('c')], {
      decide: (record) => (record === 'b' ? denied : { effect: 'permit', rule: 'test' }),
    });
    markAll(session);

    archiveMarked(session);
    expect(session.order.get().ids).toEqual(['b']);
    expect(session.notice.get()).toEqual({ kind: 'archived', count: 2, kept: 1 });
    expect(view.acts).toHaveLength(1);
    undo(session);

    expect(session.order.get().ids).toEqual(['a', 'b', 'c']);
  });

  it('says why where nothing may be', () => {
    const { view, session } = setUp([thing('a')], { decide: () => denied });

    archiveMarked(session);

    expect(view.acts).toEqual([]);
    expect(session.notice.get()).toEqual({ kind: 'denied', decision: denied });
  });

  it('lets a row that is not made yet go', () => {
    const { view, session } = setUp([thing('a')]);
    addRow(session, compartment);
    cancelEditor(session);

    archiveMarked(session);

    expect(view.acts).toEqual([]);
    expect(session.order.get().ids).toEqual(['a']);
  });
});

describe('undoing', () => {
  it('goes to the cell, and there and back again', () => {
    const { view, session } = setUp([thing('a', { amount: 1 }), thing('b')]);
    session.selection.standIn(id('a'), 'amount');
    typeInto(session, '2');
    commitEditor(session);
    session.selection.stand({ row: 1, column: 4 });

    undo(session);
    expect(view.record(id('a'))?.fields['amount']).toBe(1);
    expect(session.selection.get()?.active).toEqual({ record: 'a', field: 'amount' });
    redo(session);

    expect(view.record(id('a'))?.fields['amount']).toBe(2);
    expect(session.notice.get()).toEqual({ kind: 'redone' });
  });

  it('asks first where another person has changed the cell since', () => {
    const { view, session } = setUp([thing('a', { amount: 1 })]);
    session.selection.standIn(id('a'), 'amount');
    typeInto(session, '2');
    commitEditor(session);
    view.changeByOther([{ record: id('a'), field: 'amount', value: 3 }]);

    undo(session);
    const notice = session.notice.get();
    expect(notice).toMatchObject({ kind: 'changed-since', now: 3 });
    expect(view.record(id('a'))?.fields['amount']).toBe(3);
    if (notice?.kind === 'changed-since') notice.undoAnyway();

    expect(view.record(id('a'))?.fields['amount']).toBe(1);
    expect(session.notice.get()).toBeUndefined();
  });

  it('says that there is nothing', () => {
    const { session } = setUp([thing('a')]);

    undo(session);

    expect(session.notice.get()).toEqual({ kind: 'nothing-to-undo' });
  });
});

describe('going to a record', () => {
  it('keeps the column, and does nothing for what is not shown', () => {
    const { session } = setUp([thing('a'), thing('b')]);
    session.selection.stand({ row: 0, column: 3 });

    goToRecord(session, id('b'));
    goToRecord(session, id('hidden'));

    expect(session.selection.get()).toMatchObject({ active: { record: 'b' }, at: { column: 3 } });
  });
});

describe('a view that tells of its list although nothing came or went', () => {
  it('has everything drawn anew: titles, rights or the language are different', () => {
    const view = viewOf([thing('a')]);
    let tell = (): void => undefined;
    view.subscribeIds = (listener) => {
      tell = listener;

      return () => undefined;
    };
    const session = createGridSession(view, 'en');
    connect(session, 'en');
    const before = session.surroundings.get();

    tell();

    expect(session.surroundings.get()).not.toBe(before);
  });
});
