/**
 * What a key means. Pure: the same key in the same state is the same command. Keys that the input method owns never
 * come here.
 */
import type { FieldKind } from '@lodestone/document-model';
import type { Step } from './selection/geometry.ts';

export interface KeyPress {
  readonly key: string;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean;
}

export type Command =
  | { readonly does: 'move'; readonly step: Step; readonly extend: boolean }
  | { readonly does: 'open' }
  | { readonly does: 'toggle' }
  | { readonly does: 'clear' }
  | { readonly does: 'mark-all' }
  | { readonly does: 'mark-row' }
  | { readonly does: 'unmark' }
  | { readonly does: 'undo' }
  | { readonly does: 'redo' }
  | { readonly does: 'add-row' }
  | { readonly does: 'archive' }
  | { readonly does: 'open-record' }
  | { readonly does: 'column-menu' }
  | { readonly does: 'commit'; readonly then: Step | 'stay' | 'add-row' }
  | { readonly does: 'cancel' }
  | { readonly does: 'keep-open' }
  | { readonly does: 'line-break' }
  | { readonly does: 'highlight'; readonly by: number }
  | { readonly does: 'tick' };

const cells = (rows: number, columns: number): Step => ({ by: 'cells', rows, columns });

/** A key while the person stands in a closed cell; undefined: the text field or the browser has it. */
export function commandStanding(
  press: KeyPress,
  cell: { readonly kind: FieldKind | undefined },
): Command | undefined {
  const { key, shift, mod } = press;
  const step = stepOf(press);
  if (step !== undefined) return { does: 'move', step, extend: shift };
  if (mod) return commandWithMod(key.toLowerCase(), shift);
  switch (key) {
    case 'Enter':
    case 'F2':
      return { does: 'open' };
    case 'Delete':
    case 'Backspace':
      return { does: 'clear' };
    case 'Escape':
      return { does: 'unmark' };
    case 'ContextMenu':
      return { does: 'column-menu' };
    case 'F10':
      return shift ? { does: 'column-menu' } : undefined;
    case ' ':
      if (shift) return { does: 'mark-row' };
      return cell.kind === 'boolean' ? { does: 'toggle' } : { does: 'open-record' };
    default:
      return undefined;
  }
}

function commandWithMod(key: string, shift: boolean): Command | undefined {
  switch (key) {
    case 'a':
      return { does: 'mark-all' };
    case 'z':
      return shift ? { does: 'redo' } : { does: 'undo' };
    case 'y':
      return { does: 'redo' };
    case 'enter':
      return { does: 'add-row' };
    case 'delete':
    case 'backspace':
      return { does: 'archive' };
    default:
      return undefined;
  }
}

function stepOf({ key, mod }: KeyPress): Step | undefined {
  switch (key) {
    case 'ArrowDown':
      return mod ? { by: 'edge', rows: 'last' } : cells(1, 0);
    case 'ArrowUp':
      return mod ? { by: 'edge', rows: 'first' } : cells(-1, 0);
    case 'ArrowRight':
      return mod ? { by: 'edge', columns: 'last' } : cells(0, 1);
    case 'ArrowLeft':
      return mod ? { by: 'edge', columns: 'first' } : cells(0, -1);
    case 'Home':
      return mod
        ? { by: 'edge', rows: 'first', columns: 'first' }
        : { by: 'edge', columns: 'first' };
    case 'End':
      return mod ? { by: 'edge', rows: 'last', columns: 'last' } : { by: 'edge', columns: 'last' };
    case 'PageDown':
      return { by: 'pages', pages: 1 };
    case 'PageUp':
      return { by: 'pages', pages: -1 };
    default:
      return undefined;
  }
}

export interface EditorState {
  readonly how: 'replace' | 'open';
  readonly text: string;
  readonly takesLines: boolean;
  readonly list: 'none' | 'one' | 'set';
}

/** A key while a cell is open. */
export function commandEditing(press: KeyPress, editor: EditorState): Command | undefined {
  const { key, shift, alt, mod } = press;
  switch (key) {
    case 'Enter':
      if (mod) return { does: 'commit', then: 'add-row' };
      if (alt) return editor.takesLines ? { does: 'line-break' } : { does: 'commit', then: 'stay' };
      if (editor.list === 'set' && editor.text.trim() !== '') return { does: 'tick' };
      return { does: 'commit', then: cells(shift ? -1 : 1, 0) };
    case 'Tab':
      return { does: 'commit', then: cells(0, shift ? -1 : 1) };
    case 'Escape':
      return { does: 'cancel' };
    case 'F2':
      return { does: 'keep-open' };
    case ' ':
      return editor.list === 'set' && editor.text === '' ? { does: 'tick' } : undefined;
    default:
      return editor.list === 'none' ? arrowsWhileTyping(press, editor) : arrowsInList(press);
  }
}

/** As in a spreadsheet: after typing over a cell, the arrows commit and move. */
function arrowsWhileTyping(press: KeyPress, editor: EditorState): Command | undefined {
  if (editor.how === 'open' || editor.takesLines || press.mod || press.shift || press.alt) {
    return undefined;
  }
  const isArrow = press.key.startsWith('Arrow');
  const step = isArrow ? stepOf(press) : undefined;

  return step && { does: 'commit', then: step };
}

function arrowsInList({ key, alt }: KeyPress): Command | undefined {
  if (alt) return undefined;
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[key];

  return by === undefined ? undefined : { does: 'highlight', by };
}
