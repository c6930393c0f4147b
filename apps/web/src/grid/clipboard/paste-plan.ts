/**
 * What pasting a block would do, before anything is done: the cells to set, the rows to make, and every cell that
 * cannot be pasted, with its reason. Pure.
 */
import {
  parseValue,
  sameValue,
  type RecordId,
  type Register,
  type RegisterRecord,
  type Surroundings,
  type Value,
  type Words,
} from '@lodestone/document-model';
import type { Decision } from '@lodestone/access-policy';
import type { CellEdit } from '../view.ts';
import { birthOf } from '../rows/birth.ts';
import type { Column } from '../columns/column.ts';
import { sizeOf, type Box } from '../selection/geometry.ts';
import type { Block } from './tsv.ts';

export interface PasteTarget {
  readonly register: Register;
  readonly columns: readonly Column[];
  readonly ids: readonly RecordId[];
  readonly box: Box;
  readonly around: Surroundings;
  /** Whether rows may be made below the last one. */
  readonly canMakeRows: boolean;
  record(id: RecordId): RegisterRecord | undefined;
  decide(id: RecordId, field: string, to: Value): Decision;
}

/** A cell that was left as it is. */
export interface RefusedCell {
  /** The record's place on the screen, from 0; for rows to be made, behind the last one. */
  readonly row: number;
  readonly column: string;
  readonly text: string;
  readonly reason: Words;
}

type Fields = Readonly<Record<string, Value>>;

export interface PastePlan {
  readonly edits: readonly CellEdit[];
  readonly created: readonly Fields[];
  readonly refused: readonly RefusedCell[];
  /** How many cells the block covers. */
  readonly total: number;
  readonly box: Box;
}

interface PlannedCell {
  readonly column: Column | undefined;
  readonly text: string;
}

export function planPaste(block: Block, target: PasteTarget): PastePlan {
  const lines = repeat(block, target.box);
  const edits: CellEdit[] = [];
  const created: Fields[] = [];
  const refused: RefusedCell[] = [];
  for (const [offset, texts] of lines.entries()) {
    const row = target.box.top + offset;
    const cells = texts.map((text, index) => ({
      column: target.columns[target.box.left + index],
      text,
    }));
    const id = target.ids[row];
    if (id !== undefined) {
      planRow(id, cells, target, { edits, refuse: refuseIn(row, refused) });
      continue;
    }
    const fields = planBirth(cells, target, refuseIn(row, refused));
    if (fields !== undefined) created.push(fields);
  }
  const width = Math.max(...lines.map((line) => line.length));

  return {
    edits,
    created,
    refused,
    total: lines.reduce((sum, line) => sum + line.length, 0),
    box: {
      ...target.box,
      bottom: target.box.top + lines.length - 1,
      right: Math.min(target.columns.length, target.box.left + width) - 1,
    },
  };
}

/** A block fills what is marked as often as it fits in whole; a single value therefore fills all of it. */
function repeat(block: Block, box: Box): Block {
  const marked = sizeOf(box);
  const width = block[0]?.length ?? 0;
  const isEven = block.every((line) => line.length === width);
  if (!isEven || marked.rows % block.length !== 0 || marked.columns % width !== 0) return block;

  return Array.from({ length: marked.rows }, (_line, row) =>
    Array.from(
      { length: marked.columns },
      (_cell, column) => block[row % block.length]?.[column % width] ?? '',
    ),
  );
}

type Refuse = (cell: PlannedCell, reason: Words) => void;

function refuseIn(row: number, refused: RefusedCell[]): Refuse {
  return ({ column, text }, reason) => {
    refused.push({ row, column: column?.label ?? '', text, reason });
  };
}

function planRow(
  id: RecordId,
  cells: readonly PlannedCell[],
  target: PasteTarget,
  result: { readonly edits: CellEdit[]; readonly refuse: Refuse },
): void {
  const record = target.record(id);
  for (const cell of cells) {
    if (cell.column === undefined || record === undefined) {
      result.refuse(cell, noColumn);
      continue;
    }
    const field = cell.column.sides[0];
    const read = parseValue(cell.column.declared, cell.text, target.around);
    if (read.status === 'invalid') {
      result.refuse(cell, read.problem.message);
      continue;
    }
    if (sameValue(record.fields[field] ?? null, read.value)) continue;
    const decision = target.decide(id, field, read.value);
    if (decision.effect === 'deny') result.refuse(cell, decision.reason);
    else result.edits.push({ record: id, field, value: read.value });
  }
}

/** The first values of a row to be made; undefined where nothing of it can be, or nothing was given. */
function planBirth(
  cells: readonly PlannedCell[],
  target: PasteTarget,
  refuse: Refuse,
): Fields | undefined {
  if (cells.every(({ text }) => text.trim() === '')) return undefined;
  if (!target.canMakeRows) {
    for (const cell of cells) refuse(cell, noRows);
    return undefined;
  }
  const given: Record<string, Value> = {};
  for (const cell of cells) {
    if (cell.column === undefined) {
      refuse(cell, noColumn);
      continue;
    }
    const read = parseValue(cell.column.declared, cell.text, target.around);
    if (read.status === 'invalid') refuse(cell, read.problem.message);
    else if (read.value !== null) given[cell.column.sides[0]] = read.value;
  }
  const birth = birthOf(target.register, given);
  if (birth.status === 'complete') return birth.fields;
  const reason = needs(birth.missing);
  for (const cell of cells) {
    if (cell.column !== undefined && Object.hasOwn(given, cell.column.sides[0])) {
      refuse(cell, reason);
    }
  }

  return undefined;
}

const noColumn: Words = {
  en: 'There is no column here.',
  ja: 'ここには列がありません。',
};

const noRows: Words = {
  en: 'You cannot make rows here.',
  ja: 'ここに行を追加する権限がありません。',
};

function needs(labels: readonly Words[]): Words {
  const en = new Intl.ListFormat('en').format(labels.map((label) => label.en));
  const ja = new Intl.ListFormat('ja').format(labels.map((label) => label.ja));

  return {
    en: `A new row needs a value in: ${en}.`,
    ja: `新しい行には次の項目が必要です: ${ja}`,
  };
}
