import { describe, expect, it } from 'vitest';
import { commandEditing, commandStanding, type EditorState, type KeyPress } from './keyboard.ts';

function press(keys: string): KeyPress {
  const parts = keys.split('+');

  return {
    key: parts.at(-1) ?? '',
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
    mod: parts.includes('Mod'),
  };
}

describe('standing in a closed cell', () => {
  const standing = (keys: string) => commandStanding(press(keys), { kind: 'text' });

  it.each([
    ['ArrowDown', { does: 'move', step: { by: 'cells', rows: 1, columns: 0 }, extend: false }],
    [
      'Shift+ArrowLeft',
      { does: 'move', step: { by: 'cells', rows: 0, columns: -1 }, extend: true },
    ],
    ['Mod+ArrowUp', { does: 'move', step: { by: 'edge', rows: 'first' }, extend: false }],
    [
      'Mod+Shift+End',
      { does: 'move', step: { by: 'edge', rows: 'last', columns: 'last' }, extend: true },
    ],
    ['PageDown', { does: 'move', step: { by: 'pages', pages: 1 }, extend: false }],
    ['F2', { does: 'open' }],
    ['Delete', { does: 'clear' }],
    ['Mod+a', { does: 'mark-all' }],
    ['Mod+z', { does: 'undo' }],
    ['Mod+Shift+Z', { does: 'redo' }],
    ['Mod+y', { does: 'redo' }],
    ['Mod+Enter', { does: 'add-row' }],
    ['Mod+Delete', { does: 'archive' }],
    ['Shift+F10', { does: 'column-menu' }],
  ])('%s', (keys, command) => {
    expect(standing(keys)).toEqual(command);
  });

  it('leaves letters, Tab and the clipboard to the text field and the browser', () => {
    expect(['a', '日', 'Tab', 'Shift+Tab', 'Mod+c', 'Mod+v', 'Mod+k', 'F5'].map(standing)).toEqual(
      Array.from({ length: 8 }, () => undefined),
    );
  });

  it('turns yes and no with Space, and opens the record elsewhere', () => {
    const space = press(' ');

    expect(commandStanding(space, { kind: 'boolean' })).toEqual({ does: 'toggle' });
    expect(commandStanding(space, { kind: 'date' })).toEqual({ does: 'open-record' });
  });
});

describe('in an open cell', () => {
  const plain: EditorState = { how: 'open', text: 'x', takesLines: false, list: 'none' };
  const down = { does: 'commit', then: { by: 'cells', rows: 1, columns: 0 } };

  it('Enter goes down, Shift+Enter up, Tab right, Shift+Tab left', () => {
    const rows = ['Enter', 'Shift+Enter', 'Tab', 'Shift+Tab'].map((keys) =>
      commandEditing(press(keys), plain),
    );

    expect(rows.map((command) => (command?.does === 'commit' ? command.then : null))).toEqual([
      { by: 'cells', rows: 1, columns: 0 },
      { by: 'cells', rows: -1, columns: 0 },
      { by: 'cells', rows: 0, columns: 1 },
      { by: 'cells', rows: 0, columns: -1 },
    ]);
  });

  it('Alt+Enter begins a line only where there are lines', () => {
    expect(commandEditing(press('Alt+Enter'), { ...plain, takesLines: true })).toEqual({
      does: 'line-break',
    });
    expect(commandEditing(press('Alt+Enter'), plain)).toEqual({ does: 'commit', then: 'stay' });
  });

  it('arrows move on after typing over a cell, and within the text of an opened one', () => {
    expect(commandEditing(press('ArrowDown'), { ...plain, how: 'replace' })).toEqual(down);
    expect(commandEditing(press('ArrowDown'), plain)).toBeUndefined();
    expect(
      commandEditing(press('ArrowDown'), { ...plain, how: 'replace', takesLines: true }),
    ).toBeUndefined();
  });

  it('arrows move through a list', () => {
    expect(commandEditing(press('ArrowUp'), { ...plain, list: 'one' })).toEqual({
      does: 'highlight',
      by: -1,
    });
    expect(commandEditing(press('ArrowLeft'), { ...plain, list: 'one' })).toBeUndefined();
  });

  it('in a set, Space ticks before anything is typed, and Enter ticks what was searched', () => {
    const set: EditorState = { ...plain, list: 'set', text: '' };

    expect(commandEditing(press(' '), set)).toEqual({ does: 'tick' });
    expect(commandEditing(press(' '), { ...set, text: 'a' })).toBeUndefined();
    expect(commandEditing(press('Enter'), { ...set, text: 'a' })).toEqual({ does: 'tick' });
    expect(commandEditing(press('Enter'), set)).toEqual(down);
  });
});
