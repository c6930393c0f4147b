/**
 * Where the person stands, kept by record and field: when rows come, go or are sorted, he still stands in the same
 * record, and what he types goes into it.
 */
import type { RecordId } from '@lodestone/document-model';
import type { Layout } from '../columns/column.ts';
import { Observable, type Watched } from '../state/observable.ts';
import { boxBetween, clamp, type Box, type Position } from './geometry.ts';

export interface CellAt {
  readonly record: RecordId;
  readonly field: string;
}

export interface Standing {
  /** The active cell: typing goes here. */
  readonly active: CellAt;
  readonly at: Position;
  /** The opposite corner of what is marked. */
  readonly corner: Position;
  readonly box: Box;
}

export interface Rows extends Watched<{ readonly ids: readonly RecordId[] }> {
  rowOf(record: RecordId): number | undefined;
}

export class SelectionStore implements Watched<Standing | undefined> {
  readonly #standing = new Observable<Standing | undefined>(undefined);
  readonly #rows: Rows;
  readonly #layout: Watched<Layout>;
  #corner: CellAt | undefined;

  constructor(rows: Rows, layout: Watched<Layout>) {
    this.#rows = rows;
    this.#layout = layout;
  }

  readonly get = (): Standing | undefined => this.#standing.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#standing.subscribe(listener);

  /** Stands in the nearest cell, alone. */
  stand(at: Position): void {
    this.mark(at, at);
  }

  /** Marks from the active cell to a corner. */
  extendTo(corner: Position): void {
    this.mark(this.get()?.at ?? corner, corner);
  }

  mark(active: Position, corner: Position): void {
    const [from, to] = [this.#cellAt(active), this.#cellAt(corner)];
    if (from === undefined || to === undefined) {
      this.#standing.set(undefined);
      return;
    }
    this.#corner = to.cell;
    this.#standing.set({
      active: from.cell,
      at: from.at,
      corner: to.at,
      box: boxBetween(from.at, to.at),
    });
  }

  standIn(record: RecordId, field: string): void {
    const row = this.#rows.rowOf(record);
    const column = this.#columnOf(field);
    if (row === undefined) return;
    this.stand({ row, column: column === -1 ? 0 : column });
  }

  /** Rows or columns changed: finds the same cells again; a lost one gives way to what now lies in its place. */
  follow(): void {
    const standing = this.get();
    if (standing === undefined) {
      this.stand({ row: 0, column: 0 });
      return;
    }
    const at = this.#find(standing.active, standing.at);
    const hasMoved = at.row !== standing.at.row || at.column !== standing.at.column;
    const isLost = this.#rows.rowOf(standing.active.record) === undefined;
    const corner =
      isLost || this.#corner === undefined ? at : this.#find(this.#corner, standing.corner);
    if (!hasMoved && !isLost && samePlace(corner, standing.corner)) return;
    this.mark(at, corner);
  }

  #find(cell: CellAt, was: Position): Position {
    const column = this.#columnOf(cell.field);

    return {
      row: this.#rows.rowOf(cell.record) ?? was.row,
      column: column === -1 ? was.column : column,
    };
  }

  #columnOf(field: string): number {
    const { columns } = this.#layout.get();
    const own = columns.findIndex((column) => column.field === field);

    return own === -1 ? columns.findIndex((column) => column.sides.includes(field)) : own;
  }

  #cellAt(position: Position): { readonly cell: CellAt; readonly at: Position } | undefined {
    const { ids } = this.#rows.get();
    const { columns } = this.#layout.get();
    const at = clamp(position, { rows: ids.length, columns: columns.length });
    if (at === undefined) return undefined;
    const [record, column] = [ids[at.row], columns[at.column]];
    if (record === undefined || column === undefined) return undefined;

    return { cell: { record, field: column.field }, at };
  }
}

function samePlace(a: Position, b: Position): boolean {
  return a.row === b.row && a.column === b.column;
}
