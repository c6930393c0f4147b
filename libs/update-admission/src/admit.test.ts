/** Verdicts on whole updates, and what becomes of admitted ones. */
import { describe, expect, it } from 'vitest';
import { limits } from './limits.ts';
import { openWorkspace } from './testing/workspace.ts';

describe('an honest update', () => {
  it('[UA21] is admitted with its clocks and its cell, and applied', () => {
    const { workspace, editor } = openWorkspace();
    const update = editor.set('r1/name', 'Two');
    expect(workspace.inspect(update, 3)).toMatchObject({
      verdict: 'admitted',
      ...{ clientId: 3, clock: 0, end: 1 },
    });
    expect(workspace.admit(update, 3)).toEqual([
      { record: 'r1', field: 'name', op: 'set', old: 'One', new: 'Two', outcome: 'applied' },
    ]);
    expect(workspace.cells.get('r1/name')).toBe('Two');
  });
});

describe('a refusal', () => {
  it('[UA20] names every refused cell, the first one giving the code', () => {
    const { workspace, editor } = openWorkspace();
    const update = editor.edit((cells) => {
      cells.set('r1/days', -1);
      cells.set('r1/active', true);
      cells.set('r9/name', 'x');
      cells.set('r1', { name: 'again' });
    });
    const { code, cells } = workspace.refusal(update, 3);
    expect(code).toBe('value.invalid');
    expect(cells).toEqual(['r1/days value.invalid', 'r9/name record.unknown', 'r1/ record.exists']);
  });

  it('[UA20] keeps what its author wrote, and nothing where he wrote nothing', () => {
    const { workspace, editor } = openWorkspace();
    const written = editor.edit((cells) => {
      cells.set('r1/days', -1);
      cells.set('r1/sources', ['s1']);
    });
    const emptied = openWorkspace().editor.edit((cells) => {
      cells.delete('r1');
    });
    const wantedIn = (update: Uint8Array) => {
      const inspection = workspace.inspect(update, 3);

      return inspection.verdict === 'rejected' && inspection.changes.map(({ wanted }) => wanted);
    };

    expect(wantedIn(written)).toEqual([-1, ['s1']]);
    expect(wantedIn(emptied)).toEqual([undefined]);
  });

  it('[UA20] names a bounded number of cells', () => {
    const { workspace, editor } = openWorkspace();
    const update = editor.edit((cells) => {
      for (let at = 0; at < 500; at += 1) cells.set(`r1/no${String(at)}`, 1);
    });
    expect(workspace.refusal(update, 3).cells).toHaveLength(limits.refusals);
  });
});

describe('what became of a change', () => {
  it.each([
    [5, 'won'],
    [1, 'lost'],
  ] as const)('[UA21] the rival client 3 against %d: %s', (clientId, outcome) => {
    const { workspace, editor } = openWorkspace();
    const rival = workspace.member(clientId);
    const update = rival.set('r1/name', 'rival');
    workspace.admit(editor.set('r1/name', 'first'), 3);
    expect(workspace.admit(update, clientId)).toMatchObject([
      { old: 'first', new: 'rival', outcome },
    ]);
    expect(workspace.cells.get('r1/name')).toBe(outcome === 'won' ? 'rival' : 'first');
  });
});
