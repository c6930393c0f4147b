/** Conflicts of cells: one for each cell, until the reader has chosen, here and after a reload. */
import { afterEach, describe, expect, it } from 'vitest';
import type { ConflictEvent } from '@lodestone/sync-protocol';
import { CellConflicts, type ConflictSource } from './cell-conflicts.ts';
import { HandledConflicts } from './handled-conflicts.ts';
import { Listeners } from './listeners.ts';

const me = 'd9428888-122b-41e1-b85c-61cd3cbb3210';

/** A document's conflicts as the provider keeps them. */
class Source implements ConflictSource {
  readonly name = 'public/project';
  readonly read: number[] = [];
  conflicts: readonly ConflictEvent[] = [];
  readonly #listeners = new Listeners();

  onConflicts(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  markRead(seq: number): void {
    this.read.push(seq);
    this.conflicts = this.conflicts.filter((conflict) => conflict.seq > seq);
    this.#listeners.notify();
  }

  receive(...events: readonly Partial<ConflictEvent>[]): void {
    const fresh = events.map((event) => ({
      ...{ document: this.name, seq: 1, record: 'nolans', field: 'sponsors' },
      kept: { value: 'Mine', user: me },
      other: { value: 'Theirs', user: 'other', name: 'Aiko Tanaka', party: 'JPN' },
      ...event,
    }));
    this.conflicts = [...this.conflicts, ...fresh].sort((a, b) => a.seq - b.seq);
    this.#listeners.notify();
  }
}

function start(source = new Source()) {
  const handled = new HandledConflicts(me);
  const conflicts = new CellConflicts(me, handled);
  conflicts.follow(source);

  return { source, conflicts, handled };
}

afterEach(() => {
  localStorage.clear();
});

describe('conflicts of cells', () => {
  it('say which value is the reader’s own, whichever side won', () => {
    const { source, conflicts } = start();

    source.receive(
      { seq: 1 },
      {
        ...{ seq: 2, field: 'status' },
        kept: { value: 'Theirs', user: 'other', name: 'Aiko Tanaka', party: 'JPN' },
        other: { value: 'Mine', user: me },
      },
    );

    expect(conflicts.all.map(({ mine, theirs }) => [mine.value, theirs.value])).toEqual([
      ['Mine', 'Theirs'],
      ['Mine', 'Theirs'],
    ]);
    expect(conflicts.all[1]?.theirs).toMatchObject({ name: 'Aiko Tanaka', party: 'JPN' });
  });

  it('show one for each cell, the newest', () => {
    const { source, conflicts } = start();

    source.receive({ seq: 1 }, { seq: 3 }, { seq: 2, field: 'materials/nd' });

    expect(conflicts.all.map(({ seq, field, element }) => [seq, field, element])).toEqual([
      [2, 'materials', 'nd'],
      [3, 'sponsors', undefined],
    ]);
  });

  it('leave out two who wrote the same, and tell the server so', () => {
    const { source, conflicts } = start();

    source.receive({ seq: 4, other: { value: 'Mine', user: 'other' } });

    expect(conflicts.all).toEqual([]);
    expect(source.read).toEqual([4]);
  });

  it('tell the server only as far as nothing is open, and remember the rest over a reload', () => {
    const { source, conflicts } = start();
    source.receive({ seq: 1 }, { seq: 2, field: 'status' }, { seq: 3, field: 'notes' });
    const [first, second] = conflicts.all;
    if (first === undefined || second === undefined) throw new Error('not there');

    conflicts.handle(second);

    expect(source.read).toEqual([]);
    expect(start(source).conflicts.all.map(({ seq }) => seq)).toEqual([1, 3]);

    conflicts.handle(first);

    expect(source.read.at(-1)).toBe(2);
    expect(conflicts.all.map(({ seq }) => seq)).toEqual([3]);
  });

  it('end in every tab when they end in one', () => {
    const { source, conflicts } = start();
    source.receive({ seq: 1 });
    const key = `lodestone-handled-conflicts-${me}`;

    localStorage.setItem(key, JSON.stringify([conflicts.all[0]?.id]));
    dispatchEvent(new StorageEvent('storage', { key }));

    expect(conflicts.all).toEqual([]);
    expect(source.read).toEqual([1]);
  });
});
