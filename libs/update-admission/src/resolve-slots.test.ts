/** Where items land, what deletes may do, and the attacks on bare Yjs that this stops. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { limits } from './limits.ts';
import { craft, type CraftedUpdate } from './testing/crafted-update.ts';
import { openWorkspace, sameBytes, type Workspace } from './testing/workspace.ts';

/** What a document without a gate makes of an update: the negative control of an attack. */
function onBareYjs(workspace: Workspace, update: Uint8Array) {
  const bare = new Y.Doc();
  const cells = bare.getMap<unknown>('site');
  Y.applyUpdate(bare, workspace.state);
  let threw = false;
  try {
    Y.applyUpdate(bare, update);
  } catch {
    threw = true;
  }
  const { pendingStructs, pendingDs } = bare.store;

  return { cells, threw, isPending: pendingStructs !== null || pendingDs !== null };
}

const by3 = (update: CraftedUpdate) => craft({ clientId: 3, ...update });

describe('clocks and neighbours', () => {
  it('[UA6] a gap is resync, and nothing of the update stays pending', () => {
    const { workspace, editor } = openWorkspace();
    editor.set('r1/name', 'lost on the way');
    const later = editor.set('r1/days', 1);
    expect(workspace.inspect(later, 3)).toEqual({ verdict: 'resync', missing: 'earlier-edits' });
    expect(onBareYjs(workspace, later).isPending).toBe(true);
  });

  it('[UA6] a neighbour or a deleted item that is not here is resync', () => {
    const { workspace } = openWorkspace();
    const unknown = by3({ items: [{ origin: [9, 4], value: 'x' }] });
    expect(workspace.inspect(unknown, 3)).toEqual({ verdict: 'resync', missing: 'neighbour' });
    const ahead = by3({ items: [{ origin: [2, 1], value: 'x' }] });
    expect(workspace.inspect(ahead, 3)).toEqual({ verdict: 'resync', missing: 'neighbour' });
    const items = [{ key: 'r1/name', value: 'x' }];
    for (const deletes of [[[9, [0, 1]]], [[2, [0, 2]]], [[3, [1, 1]]]] as const) {
      const update = by3({ items, deletes });
      expect(workspace.inspect(update, 3)).toEqual({ verdict: 'resync', missing: 'deleted-item' });
      expect(onBareYjs(workspace, update).isPending).toBe(true);
    }
  });

  it('[UA6] an update that is here already is a duplicate, however often it comes', () => {
    const { workspace, editor } = openWorkspace();
    const updates = [editor.set('r1/name', 'Two'), editor.set('r1/name', 'Three')];
    for (const update of updates) workspace.admit(update, 3);
    for (const update of updates) {
      expect(workspace.inspect(update, 3)).toEqual({ verdict: 'duplicate' });
    }
    expect(workspace.inspect(by3({}), 3)).toEqual({ verdict: 'duplicate' });
  });

  it('[UA6] a duplicate with other references is harmless, since it is not applied', () => {
    const { workspace, editor } = openWorkspace();
    workspace.admit(editor.set('r1/name', 'Two'), 3);
    const forged = by3({ items: [{ origin: [3, 7], value: 'x' }] });
    expect(workspace.inspect(forged, 3)).toEqual({ verdict: 'duplicate' });
    expect(onBareYjs(workspace, forged).threw).toBe(true);
  });

  it('[UA6] a partly known update is cut, and its rest admitted', () => {
    const { workspace, editor } = openWorkspace();
    const first = editor.set('r1/name', 'Two');
    const second = editor.set('r1/name', 'Three');
    workspace.admit(first, 3);
    const both = Y.mergeUpdates([first, second]);
    expect(workspace.inspect(both, 3)).toEqual({ verdict: 'trim' });
    expect(workspace.admit(workspace.admission.trim(both), 3)).toMatchObject([
      { old: 'Two', new: 'Three' },
    ]);
  });

  it('[UA7] a reference to an item of the same update that comes later is malformed', () => {
    const { workspace } = openWorkspace();
    for (const clock of [0, 1, 9]) {
      const update = by3({
        items: [
          { origin: [3, clock], value: 'x' },
          { key: 'r1/days', value: 1 },
        ],
      });
      expect(workspace.refusal(update, 3).english).toContain('refers to a later one');
      expect(onBareYjs(workspace, update).threw).toBe(true);
    }
  });

  it('[UA7] overwriting one cell several times in one update leaves the last value', () => {
    const { workspace, editor } = openWorkspace();
    const update = editor.edit((cells) => {
      for (const name of ['a', 'b', 'c', 'd']) cells.set('r1/name', name);
    });
    expect(workspace.admit(update, 3)).toMatchObject([{ old: 'One', new: 'd' }]);
    const again = editor.edit((cells) => {
      for (const name of ['e', 'f']) cells.set('r1/name', name);
    });
    expect(workspace.admit(again, 3)).toMatchObject([{ old: 'd', new: 'f' }]);
  });

  it('[UA7] an item in the middle of a run of tombstones is found', () => {
    const { workspace, founder, editor } = openWorkspace();
    const late = workspace.member(4);
    workspace.admit(founder.set('r1/name', 'a'), 2);
    late.receive(workspace.state);
    for (const name of ['b', 'c', 'd']) workspace.admit(founder.set('r1/name', name), 2);
    const [change] = workspace.admit(late.set('r1/name', 'from a'), 4);
    expect(change).toMatchObject({ old: 'd', new: 'from a' });
    expect(['won', 'lost']).toContain(change?.outcome);
    expect(workspace.isPending).toBe(false);
    editor.receive(workspace.state);
    expect(editor.cells().toJSON()).toEqual(workspace.cells.toJSON());
  });
});

describe('a value can only be replaced', () => {
  /** r1/name holds `live` (item 1 of client 5) over `first` (item 0 of client 5). */
  function openRival() {
    const { workspace } = openWorkspace();
    const rival = workspace.member(5);
    for (const name of ['first', 'live']) workspace.admit(rival.set('r1/name', name), 5);

    return workspace;
  }

  it.each<[string, CraftedUpdate]>([
    ['a bare delete', { deletes: [[5, [1, 1]]] }],
    ['a delete of everything', { deletes: [[5, [0, 2]]] }],
    ['a tombstone right of the value', { items: [{ origin: [5, 1], tombstone: 1 }] }],
    [
      'a value that is deleted in the update that brings it',
      { items: [{ origin: [5, 1], value: 'x' }], deletes: [[3, [0, 1]]] },
    ],
    [
      'a value and then a tombstone',
      {
        items: [
          { origin: [5, 1], value: 'x' },
          { origin: [3, 0], tombstone: 1 },
        ],
      },
    ],
    [
      'a delete with a value that loses to what it deletes',
      { items: [{ key: 'r1/name', value: 'x' }], deletes: [[5, [1, 1]]] },
    ],
    [
      'a delete under cover of an overwrite of another cell',
      { items: [{ key: 'r1/days', value: 1 }], deletes: [[5, [1, 1]]] },
    ],
  ])('[UA8] %s is refused, naming the cell', (_attack, update) => {
    const workspace = openRival();
    const bytes = by3(update);
    expect(workspace.refusal(bytes, 3).cells).toContain('r1/name value.invalid');
    expect(onBareYjs(workspace, bytes).cells.has('r1/name')).toBe(false);
  });

  it('[UA8] a tombstone that slips above a value by an old origin is refused', () => {
    const workspace = openRival();
    const bytes = craft({
      clientId: 9,
      items: [
        { origin: [5, 0], tombstone: 1 },
        { origin: [5, 1], value: 'x' },
      ],
    });
    expect(workspace.refusal(bytes, 9).english).toContain('do not follow each other');
    expect(onBareYjs(workspace, bytes).cells.has('r1/name')).toBe(false);
  });

  it('[UA8] a delete of the value that the same update overwrites is its shadow', () => {
    const workspace = openRival();
    const bytes = by3({ items: [{ origin: [5, 1], value: 'x' }], deletes: [[5, [1, 1]]] });
    expect(workspace.admit(bytes, 3)).toMatchObject([{ new: 'x', outcome: 'applied' }]);
  });

  it('[UA8] a known update that comes again with further deletes is refused', () => {
    const { workspace, editor } = openWorkspace();
    workspace.admit(editor.set('r1/days', 1), 3);
    const again = by3({ items: [{ key: 'r1/days', value: 1 }], deletes: [[2, [0, 1]]] });
    expect(workspace.refusal(again, 3).cells).toEqual(['r1/ value.invalid']);
  });

  it('[UA8] undoing by Y.UndoManager, which deletes, is refused: undo is a new edit', () => {
    const { workspace, editor } = openWorkspace();
    const undo = new Y.UndoManager(editor.cells());
    workspace.admit(editor.set('r1/days', 1), 3);
    let update: Uint8Array = new Uint8Array();
    editor.document.on('update', (made) => (update = made));
    undo.undo();
    expect(workspace.refusal(update, 3).cells).toEqual(['r1/days value.invalid']);
  });
});

describe('the search for the place of an item', () => {
  /** Overwrites by two people in turn, which Yjs cannot merge: a long history on each of some cells. */
  function openHistory(width: number, height: number) {
    const { workspace } = openWorkspace();
    const keys = Array.from({ length: width }, (_, at) => `r1/sources/s${String(at)}`);
    const { document, cells } = workspace;
    document.transact(() => {
      for (let turn = 0; turn < height; turn += 1) {
        document.clientID = 1000 + (turn % 2);
        for (const key of keys) cells.set(key, true);
      }
    });

    return { workspace, keys };
  }

  it('[UA9] is bounded over all cells of an update together', () => {
    const [width, height] = [60, 700];
    const { workspace, keys } = openHistory(width, height);
    // First values by somebody who says he knew none: Yjs walks each cell's whole history three times.
    const items = keys.map((key) => ({ key, value: false }));
    expect(3 * width * height).toBeGreaterThan(limits.scanSteps);
    expect(workspace.refusal(by3({ items }), 3).english).toContain('conflicts with too many');
    expect(workspace.inspect(by3({ items: items.slice(0, 30) }), 3).verdict).toBe('admitted');
  });

  it('[UA9] costs nothing for who knew the present value, however long its history', () => {
    const { workspace, keys } = openHistory(2, limits.scanSteps / 2);
    const member = workspace.member(3);
    const update = member.edit((cells) => {
      for (const key of keys) cells.set(key, false);
    });
    expect(workspace.inspect(update, 3).verdict).toBe('admitted');
    const blind = by3({ items: keys.map((key) => ({ key, value: false })) });
    expect(workspace.refusal(blind, 3).english).toContain('conflicts with too many');
  });

  it('[UA7] several first values of one cell in one update are refused', () => {
    const { workspace } = openWorkspace();
    const walk = { key: 'r1/days', value: 2 };
    expect(workspace.inspect(by3({ items: [walk] }), 3).verdict).toBe('admitted');
    const twice = workspace.refusal(by3({ items: [walk, walk] }), 3);
    expect(twice.english).toContain('do not follow each other');
  });

  it('[UA9] deletes that cover too many items are refused', () => {
    const { workspace, founder } = openWorkspace();
    founder.edit((cells) => {
      for (let at = 0; at <= limits.deletedItems; at += 1) cells.set(`x${String(at)}`, {});
    });
    Y.applyUpdate(workspace.document, Y.encodeStateAsUpdate(founder.document));
    const all = by3({ deletes: [[2, [1, limits.deletedItems + 1]]] });
    expect(workspace.refusal(all, 3).english).toContain('deletes too much');
  });
});

it('[UA10] inspecting changes nothing, not even where it admits', () => {
  const { workspace, editor } = openWorkspace();
  const before = workspace.state;
  const update = editor.set('r1/name', 'Two');
  expect(workspace.inspect(update, 3)).toEqual(workspace.inspect(update, 3));
  expect(sameBytes(before, workspace.state)).toBe(true);
});
