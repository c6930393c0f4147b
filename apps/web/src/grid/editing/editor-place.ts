/** Where the text field lies: over its cell, as wide as its text needs, with its list on the side that has room. Pure. */
import type { Column } from '../columns/column.ts';
import { headHeight, rowHeight, type Viewport } from '../selection/hit.ts';

/** Below the cell there must be this much room for a list; else it opens above, where there is more. */
const roomForList = 270;
const widestText = 460;
const margin = 4;

export interface EditorPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly opensAbove: boolean;
}

export interface PlacedCell {
  readonly column: Column;
  readonly row: number;
  readonly isOpen: boolean;
}

export function placeEditor({ column, row, isOpen }: PlacedCell, viewport: Viewport): EditorPlace {
  const wanted = isOpen && takesLines(column) ? Math.max(column.width, widestText) : column.width;
  const width = Math.min(wanted, viewport.width - 4 * margin);
  const start = column.left + (column.isPinned ? viewport.scrollLeft : 0);
  const last = viewport.scrollLeft + viewport.width - width - margin;
  const top = headHeight + row * rowHeight;
  const below = viewport.scrollTop + viewport.height - top - rowHeight;
  const above = top - viewport.scrollTop - headHeight;
  const opensAbove = isOpen && below < roomForList && above > below;

  return {
    left: Math.max(0, isOpen ? Math.min(start, last) : start),
    top: opensAbove ? top + rowHeight : top,
    width,
    opensAbove,
  };
}

export function takesLines(column: Column): boolean {
  return column.declared.kind === 'text' && column.declared.lines === 'many';
}
