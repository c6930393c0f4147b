/** Where a person stands in the grid and what he has marked, as rows and columns. Pure arithmetic. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells; every edge belongs to it. */
export interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

export function boxBetween(a: Position, b: Position): Box {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

export function sizeOf(box: Box): Extent {
  return { rows: box.bottom - box.top + 1, columns: box.right - box.left + 1 };
}

/** The nearest position inside; undefined where there is no cell at all. */
export function clamp(position: Position, extent: Extent): Position | undefined {
  if (extent.rows === 0 || extent.columns === 0) return undefined;

  return {
    row: Math.max(0, Math.min(extent.rows - 1, position.row)),
    column: Math.max(0, Math.min(extent.columns - 1, position.column)),
  };
}

export type Step =
  | { readonly by: 'cells'; readonly rows: number; readonly columns: number }
  | { readonly by: 'pages'; readonly pages: number }
  | { readonly by: 'edge'; readonly rows?: 'first' | 'last'; readonly columns?: 'first' | 'last' };

/** Where a step leads from a position, unclamped but for the edges. */
export function stepFrom(
  from: Position,
  step: Step,
  extent: Extent & { readonly pageRows: number },
): Position {
  switch (step.by) {
    case 'cells':
      return { row: from.row + step.rows, column: from.column + step.columns };
    case 'pages':
      return { row: from.row + step.pages * extent.pageRows, column: from.column };
    case 'edge':
      return {
        row: edge(step.rows, from.row, extent.rows),
        column: edge(step.columns, from.column, extent.columns),
      };
  }
}

function edge(which: 'first' | 'last' | undefined, at: number, count: number): number {
  if (which === undefined) return at;

  return which === 'first' ? 0 : count - 1;
}

/** How a row is marked, as one short text: rows draw again only where theirs becomes another. */
export function formatRowMarking(box: Box, active: Position, row: number): string {
  if (row < box.top || row > box.bottom) return '';
  const column = row === active.row ? active.column : -1;
  const isSingle = box.top === box.bottom && box.left === box.right;

  return [box.left, box.right, column, row === box.top, row === box.bottom, isSingle]
    .map(Number)
    .join();
}

export interface RowMarking {
  readonly left: number;
  readonly right: number;
  /** The column of the active cell where it is in this row, else -1. */
  readonly active: number;
  readonly isTop: boolean;
  readonly isBottom: boolean;
  /** Nothing but the active cell is marked. */
  readonly isSingle: boolean;
}

export function parseRowMarking(text: string): RowMarking | undefined {
  if (text === '') return undefined;
  const [left = 0, right = 0, active = -1, top, bottom, single] = text.split(',').map(Number);

  return { left, right, active, isTop: top === 1, isBottom: bottom === 1, isSingle: single === 1 };
}
