/** What a cell may hold, in which state of its record, and by whom. */
import type { PartyCode, RecordId } from '@lodestone/document-model';
import { describe, expect, it, vi } from 'vitest';
import type { AccessQuestion, LaterChange } from './author.ts';
import { openWorkspace } from './testing/workspace.ts';

const deny = {
  effect: 'deny',
  reason: { en: 'Only editors may.', ja: '編集担当だけです。' },
  remedy: { en: 'Ask one.', ja: '依頼してください。' },
} as const;

/** The cells for which an edit by client 3 is refused, after some edits by others. */
function refusalOf(key: string, value: unknown, birth: Record<string, unknown> = {}) {
  const { workspace, editor } = openWorkspace(birth);

  return workspace.refusal(editor.set(key, value), 3);
}

describe('the key', () => {
  it.each([
    'r1/nothing',
    'r1/toString',
    'r1/__proto__',
    'r1/name/',
    'r1/tags/light/more',
    'r1/',
    '/name',
    'r 1',
    '__proto__',
    'constructor',
    'r1/sources/__proto__',
    'x'.repeat(65),
    '',
  ])('[UA11] %j is no cell', (key) => {
    const { code, english } = refusalOf(key, {});
    expect({ code, english }).toEqual({
      code: 'value.invalid',
      english: 'There is no such cell.',
    });
  });

  it('[UA11] a set is written by element, and only a set', () => {
    expect(refusalOf('r1/tags', ['heavy']).english).toContain('element by element');
    expect(refusalOf('r1/name/x', true).english).toContain('not a set');
  });

  it('[UA12] a cell of a record that is not born is refused', () => {
    expect(refusalOf('r2/name', 'x').cells).toEqual(['r2/name record.unknown']);
    expect(refusalOf('r2/tags/heavy', true).code).toBe('record.unknown');
  });

  it('[UA12] a record and its cells may come in one update', () => {
    const { workspace, editor } = openWorkspace();
    const update = editor.edit((cells) => {
      cells.set('r2/days', 4);
      cells.set('r2', { name: 'R2', tags: ['light'] });
      cells.set('r2/name', 'Better');
      cells.set('r2/tags/light', false);
    });
    expect(workspace.admit(update, 3)).toMatchObject([
      { field: 'days', old: null, new: 4 },
      { field: '', op: 'create', old: null, new: { name: 'R2', tags: ['light'] } },
      { field: 'name', old: 'R2', new: 'Better' },
      { field: 'tags', element: 'light', old: true, new: false },
    ]);
  });

  it('[UA12] a second birth is refused, whether its author knew the first or not', () => {
    const { workspace, founder, editor } = openWorkspace();
    const other = editor.set('r2', { name: 'Mine' });
    workspace.admit(founder.set('r2', { name: 'Theirs' }), 2);
    expect(workspace.refusal(other, 3).cells).toEqual(['r2/ record.exists']);
    const knowing = workspace.member(4).set('r1', { name: 'Again' });
    expect(workspace.refusal(knowing, 4).code).toBe('record.exists');
    const twice = workspace.member(5).edit((cells) => {
      cells.set('r3', { name: 'A' });
      cells.set('r3', { name: 'B' });
    });
    expect(workspace.refusal(twice, 5).code).toBe('record.exists');
  });
});

describe('the value', () => {
  it.each([
    ['name', 7],
    ['name', null],
    ['name', 'two\nlines'],
    ['days', -1],
    ['days', '4'],
    ['stock', { amount: 1, unit: 'ounce' }],
    ['stock', 'not-available'],
    ['place', { lat: 91, lon: 0 }],
    ['active', 'yes'],
    ['tags/light', 'true'],
    ['tags/light', null],
    ['tags/medium', true],
    ['sources/not an id', true],
  ])('[UA13] %s does not hold %j', (place, value) => {
    const { cells } = refusalOf(`r1/${place}`, value);
    expect(cells).toEqual([`r1/${place} value.invalid`]);
  });

  it.each([
    ['days', 4, null],
    ['days', null, null],
    ['stock', 'withheld', null],
    ['stock', { amount: 0.5, unit: 'kg' }, null],
    ['name', '日本語', 'One'],
    ['archived', true, null],
  ])('[UA13] %s holds %j', (field, value, old) => {
    const { workspace, editor } = openWorkspace();
    expect(workspace.admit(editor.set(`r1/${field}`, value), 3)).toEqual([
      { record: 'r1', field, op: 'set', old, new: value, outcome: 'applied' },
    ]);
  });

  it('[UA13] a text with U+0000 is refused in every field, in births and deep inside too', () => {
    expect(refusalOf('r1/notes', 'a\0b').english).toContain('cannot be stored');
    expect(refusalOf('r2', { name: 'a\0b' }).english).toContain('cannot be stored');
    expect(refusalOf('r1/stock', { amount: 1, unit: 't\0' }).english).toContain('cannot be stored');
  });

  it('[UA13] a birth names the field that is wrong', () => {
    expect(refusalOf('r2', { name: 'x', days: -1 }).cells).toEqual(['r2/days value.invalid']);
    expect(refusalOf('r2', { name: 'x', nope: 1 }).cells).toEqual(['r2/nope value.invalid']);
    expect(refusalOf('r2', {}).cells).toEqual(['r2/name value.invalid']);
    expect(refusalOf('r2', ['name']).cells).toEqual(['r2/ value.invalid']);
    expect(refusalOf('r2', 'name').cells).toEqual(['r2/ value.invalid']);
    expect(refusalOf('r2', { name: 'x', oldName: 'y' }).code).toBe('value.invalid');
  });

  it('[UA13] a value that is overwritten in the same update must fit too', () => {
    const { workspace, editor } = openWorkspace();
    editor.document.gc = false; // Keeps the overwritten value in the update.
    const update = editor.edit((cells) => {
      cells.set('r1/days', 'many');
      cells.set('r1/days', 4);
    });
    expect(workspace.refusal(update, 3).cells).toEqual(['r1/days value.invalid']);
  });

  it('[UA14] fixed and retired fields are not written', () => {
    expect(refusalOf('r1/symbol', 'Dy').english).toContain('does not change');
    expect(refusalOf('r1/oldName', 'x').english).toContain('no longer written');
    const { workspace, editor } = openWorkspace();
    expect(workspace.admit(editor.set('r2', { name: 'x', symbol: 'Dy' }), 3)).toHaveLength(1);
  });
});

describe('a set', () => {
  const ids = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => `s${String(from + at)}`);

  it('[UA15] reads the old value of an element from its cell, else from the birth', () => {
    const { workspace, editor } = openWorkspace();
    const outcomes = [
      ['light', true],
      ['light', false],
      ['light', false],
      ['heavy', true],
    ] as const;
    const olds = outcomes.map(
      ([element, value]) => workspace.admit(editor.set(`r1/tags/${element}`, value), 3)[0]?.old,
    );
    expect(olds).toEqual([true, true, false, false]);
  });

  it('[UA16] has at most 256 elements', () => {
    const { workspace, editor } = openWorkspace({ sources: ids(0, 255) });
    const add = (...elements: string[]) =>
      editor.edit((cells) => {
        for (const element of elements) cells.set(`r1/sources/${element}`, true);
      });
    workspace.admit(add('s0', 's1', 's255'), 3);
    const full = workspace.refusal(add('s256', 's3', 's257'), 3);
    expect(full.cells).toEqual(['r1/sources/s256 value.invalid', 'r1/sources/s257 value.invalid']);
    expect(full.english).toContain('at most 256');
  });

  it('[UA16] may exchange all its elements in one update', () => {
    const { workspace, editor } = openWorkspace({ sources: ids(0, 256) });
    const update = editor.edit((cells) => {
      for (const element of ids(256, 512)) cells.set(`r1/sources/${element}`, true);
      for (const element of ids(0, 256)) cells.set(`r1/sources/${element}`, false);
    });
    expect(workspace.admit(update, 3)).toHaveLength(512);
  });

  it('[UA16] is not made larger by removals that lose to concurrent edits', () => {
    const { workspace, founder, editor } = openWorkspace({ sources: ids(0, 256) });
    const update = editor.edit((cells) => {
      cells.set('r1/sources/s0', false);
      cells.set('r1/sources/s256', true);
    });
    workspace.admit(founder.set('r1/sources/s0', true), 2);
    expect(workspace.refusal(update, 3).cells).toEqual(['r1/sources/s256 value.invalid']);
  });
});

describe('a lifecycle', () => {
  it('[UA17] moves from the committed state along a declared move', () => {
    const { workspace, editor } = openWorkspace();
    const op = (state: string) => workspace.admit(editor.set('r1/state', state), 3)[0]?.op;
    expect(op('built')).toBe('move');
    expect(op('approved')).toBe('approve');
    expect(op('planned')).toBe('move');
    const skipped = workspace.refusal(editor.set('r1/state', 'approved'), 3);
    expect(skipped.english).toContain('cannot go from its present state');
  });

  it('[UA17] is not left without a state, nor given one that is not declared', () => {
    expect(refusalOf('r1/state', null).code).toBe('value.invalid');
    expect(refusalOf('r1/state', 'done').code).toBe('value.invalid');
  });

  it('[UA17] judges by the state that is committed, not by the one its author saw', () => {
    const { workspace, founder, editor } = openWorkspace({ state: 'built' });
    const approval = editor.set('r1/state', 'approved');
    workspace.admit(founder.set('r1/state', 'planned'), 2);
    expect(workspace.refusal(approval, 3).cells).toEqual(['r1/state value.invalid']);
  });

  it('[UA17] does not move when another person changed any cell of the record meanwhile', () => {
    const { workspace, editor } = openWorkspace();
    const asked: unknown[][] = [];
    const changedSince = (...cell: unknown[]): LaterChange => {
      asked.push(cell);

      return { age: 'recent', person: 'p', seq: 4 };
    };
    const update = editor.set('r1/state', 'built');
    expect(workspace.refusal(update, 3, { changedSince }).code).toBe('value.changed');
    expect(asked).toEqual([['r1']]);
  });
});

describe('rights', () => {
  it('[UA22] lets nobody make a record behind an approval who could not approve it', () => {
    const { workspace, editor } = openWorkspace();
    const decide = ({ action }: AccessQuestion) =>
      action === 'approve'
        ? { effect: 'deny' as const, reason: { en: 'no', ja: '否' }, remedy: { en: '-', ja: '-' } }
        : { effect: 'permit' as const, rule: 'r' };
    const born = (id: string, state: string) =>
      editor.edit((cells) => {
        cells.set(id, { name: id, parties: ['USA'], state });
      });
    expect(workspace.admit(born('r7', 'built'), 3, { decide })).toHaveLength(1);

    const { code, cells } = workspace.refusal(born('r8', 'approved'), 3, { decide });

    expect(code).toBe('access.denied');
    expect(cells).toEqual(['r8/state access.denied']);
  });

  it('[UA18] asks one question for each touched cell, with the owners of the committed record', () => {
    const { workspace, editor } = openWorkspace();
    const asked: AccessQuestion[] = [];
    const decide = (question: AccessQuestion) => {
      asked.push(question);

      return { effect: 'permit', rule: 'r' } as const;
    };
    const update = editor.edit((cells) => {
      cells.set('r1/parties/JPN', true);
      cells.set('r1/name', 'a');
      cells.set('r1/name', 'b');
      cells.set('r1/state', 'built');
      cells.set('r2', { name: 'R2', parties: ['JPN'] });
      cells.set('r2/days', 1);
    });
    workspace.admit(update, 3, { decide });
    const [usa, jpn] = [['USA'], ['JPN']] as PartyCode[][];
    const [r1, r2] = ['r1', 'r2'] as RecordId[];
    expect(asked).toEqual([
      { action: 'update', record: r1, owners: usa, field: 'parties' },
      { action: 'update', record: r1, owners: usa, field: 'name' },
      { action: 'move', record: r1, owners: usa, field: 'state' },
      { action: 'create', record: r2, owners: jpn },
      { action: 'update', record: r2, owners: jpn, field: 'days' },
    ]);
  });

  it('[UA18] knows owners that were added and removed by elements, applied by whomever', () => {
    const { workspace } = openWorkspace();
    const update = workspace.member(7).set('r1/days', 1);
    const owners = () => {
      const decide = vi.fn((_question: AccessQuestion) => deny);
      workspace.inspect(update, 7, { decide });

      return decide.mock.calls.map(([question]) => question.owners);
    };
    expect(owners()).toEqual([['USA']]);
    // Without the gate, as entries of another node are applied, and in a transaction that is still open.
    workspace.document.transact(() => {
      workspace.cells.set('r1/parties/JPN', true);
      workspace.cells.set('r1/parties/USA', false);
      expect(owners()).toEqual([['JPN']]);
    });
    workspace.cells.set('r1/parties/AUS', true);
    expect(owners()).toEqual([['JPN', 'AUS']]);
  });

  it('[UA18] a denial says its reason and its remedy, in both languages', () => {
    const { workspace, editor } = openWorkspace();
    const inspection = workspace.inspect(editor.set('r1/name', 'x'), 3, { decide: () => deny });
    expect(inspection).toEqual({
      verdict: 'rejected',
      code: 'access.denied',
      message: { en: 'Only editors may. Ask one.', ja: '編集担当だけです。依頼してください。' },
      changes: [
        {
          ...{ register: 'site', record: 'r1', field: 'name', code: 'access.denied' },
          message: { en: 'Only editors may. Ask one.', ja: '編集担当だけです。依頼してください。' },
          wanted: 'x',
        },
      ],
    });
  });

  it('[UA18] a forbidden cell among permitted ones refuses the whole update', () => {
    const { workspace, editor } = openWorkspace();
    const update = editor.edit((cells) => {
      cells.set('r1/days', 1);
      cells.set('r1/name', 'x');
    });
    const { cells } = workspace.refusal(update, 3, {
      decide: ({ field }) => (field === 'name' ? deny : { effect: 'permit', rule: 'r' }),
    });
    expect(cells).toEqual(['r1/name access.denied']);
    expect(workspace.cells.has('r1/days')).toBe(false);
  });
});

describe('a cell that another person changed', () => {
  it('[UA19] is a conflict when the change is recent, and refused when it is not', () => {
    const { workspace, editor } = openWorkspace();
    const later = { age: 'recent', person: 'p', seq: 4 } as const;
    const update = editor.set('r1/name', 'mine');
    const refused = workspace.refusal(update, 3, {
      changedSince: () => ({ ...later, age: 'late' }),
    });
    expect(refused.cells).toEqual(['r1/name value.changed']);
    const changedSince = vi.fn(() => later);
    expect(workspace.admit(update, 3, { changedSince })).toMatchObject([{ conflict: later }]);
    expect(changedSince).toHaveBeenCalledExactlyOnceWith('r1', 'name', undefined);
  });

  it('[UA19] is asked for element by element, and not for a record born in the update', () => {
    const { workspace, editor } = openWorkspace();
    const changedSince = vi.fn(() => undefined);
    workspace.admit(editor.set('r1/tags/heavy', true), 3, { changedSince });
    expect(changedSince).toHaveBeenCalledExactlyOnceWith('r1', 'tags', 'heavy');
    changedSince.mockClear();
    const birth = editor.edit((cells) => {
      cells.set('r2', { name: 'R2' });
      cells.set('r2/days', 1);
    });
    workspace.admit(birth, 3, { changedSince });
    expect(changedSince).not.toHaveBeenCalled();
  });
});
