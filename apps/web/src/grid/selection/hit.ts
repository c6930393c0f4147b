/** Which cell lies under a point of the window onto the grid. */
import { numberWidth, type Layout } from '../columns/column.ts';
import type { Position } from './geometry.ts';

export const rowHeight = 32;
export const headHeight = 34;

export interface Viewport {
  readonly scrollLeft: number;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
}

export function viewportOf(element: HTMLElement): Viewport {
  return {
    scrollLeft: element.scrollLeft,
    scrollTop: element.scrollTop,
    width: element.clientWidth,
    height: element.clientHeight,
  };
}

export interface Hit extends Position {
  readonly part: 'head' | 'number' | 'cell';
}

/** The nearest cell to a point given from the window's top left corner. */
export function hitAt(
  point: { readonly x: number; readonly y: number },
  viewport: Viewport,
  layout: Layout,
  rows: number,
): Hit {
  const row = Math.floor((point.y + viewport.scrollTop - headHeight) / rowHeight);
  const x = point.x < layout.pinnedWidth ? point.x : point.x + viewport.scrollLeft;
  const after = layout.columns.findIndex((column) => x < column.left + column.width);
  const column = after === -1 ? layout.columns.length - 1 : after;
  const part = point.y < headHeight ? 'head' : point.x < numberWidth ? 'number' : 'cell';

  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, column), part };
}

/** How far the window must be scrolled so that a cell is wholly in sight. */
export function scrollToShow(
  at: Position,
  viewport: Viewport,
  layout: Layout,
): { readonly left: number; readonly top: number } {
  const column = layout.columns[at.column];
  const top = at.row * rowHeight;
  const space = viewport.height - headHeight;
  const y = top < viewport.scrollTop ? top : Math.max(viewport.scrollTop, top + rowHeight - space);
  if (column === undefined || column.isPinned) return { left: viewport.scrollLeft, top: y };
  const start = column.left - layout.pinnedWidth;
  const x =
    start < viewport.scrollLeft
      ? start
      : Math.max(viewport.scrollLeft, Math.min(start, column.left + column.width - viewport.width));

  return { left: x, top: y };
}
