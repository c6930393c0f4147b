/** Which rows a reader sees, and in which order. Pure: the same records, filter and sort give the same list. */
import {
  compareValues,
  fold,
  type RecordId,
  type RegisterRecord,
  type SortKey,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import { textIn } from '../cells/cell-text.ts';
import { columnShowing, valueIn, type Column } from '../columns/column.ts';
import { holds, type Filter } from './conditions.ts';

/** What order and filter must know besides the records. */
export interface OrderContext {
  /** Every column of the register, shown or not: a reader may sort by one and hide it. */
  readonly allColumns: readonly Column[];
  readonly shownColumns: readonly Column[];
  readonly around: Surroundings;
  record(id: RecordId): RegisterRecord | undefined;
}

export function orderRows(
  ids: readonly RecordId[],
  filter: Filter,
  sort: readonly SortKey[],
  context: OrderContext,
): readonly RecordId[] {
  const matching = ids.filter((id) => {
    const record = context.record(id);

    return record !== undefined && matches(record, filter, context);
  });

  return sortRows(matching, sort, context);
}

export function matches(record: RegisterRecord, filter: Filter, context: OrderContext): boolean {
  const { around } = context;
  const meetsConditions = filter.conditions.every((condition) => {
    const column = columnShowing(context.allColumns, condition.field);

    return column === undefined || holds(condition, column, record, around);
  });
  if (!meetsConditions) return false;
  const wanted = fold(filter.quick);

  return wanted === '' || searchText(record, context).includes(wanted);
}

/** Sorts by each key in turn; empty cells stand last in both directions, ties fall by record id. */
export function sortRows(
  ids: readonly RecordId[],
  sort: readonly SortKey[],
  context: OrderContext,
): readonly RecordId[] {
  const keys = keysOf(sort, context);
  const keyed = ids.map((id) => ({ id, values: valuesOf(id, keys, context) }));
  keyed.sort((a, b) => compareKeyed(a, b, keys, context.around));

  return keyed.map(({ id }) => id);
}

/** Whether two neighbours stand as the sort wants them. */
export function isInOrder(
  above: RecordId,
  below: RecordId,
  sort: readonly SortKey[],
  context: OrderContext,
): boolean {
  const keys = keysOf(sort, context);
  const [a, b] = [above, below].map((id) => ({ id, values: valuesOf(id, keys, context) }));

  return a === undefined || b === undefined || compareKeyed(a, b, keys, context.around) <= 0;
}

/** What a click on a header makes of the sort; with `adds` the other keys stay. */
export function sortAfterClick(
  sort: readonly SortKey[],
  field: string,
  { adds, byDefault }: { readonly adds: boolean; readonly byDefault: readonly SortKey[] },
): readonly SortKey[] {
  const known = sort.find((key) => key.field === field);
  const others = adds ? sort.filter((key) => key.field !== field) : [];
  const isAlone = sort.length === 1;
  if (known === undefined || (!adds && !isAlone)) return [...others, { field }];
  if (known.descending !== true) {
    const turned: SortKey = { field, descending: true };

    return adds ? sort.map((key) => (key === known ? turned : key)) : [turned];
  }

  return others.length > 0 ? others : byDefault;
}

interface Key {
  readonly column: Column;
  readonly descending: boolean;
}

interface Keyed {
  readonly id: RecordId;
  readonly values: readonly Value[];
}

function keysOf(sort: readonly SortKey[], context: OrderContext): readonly Key[] {
  return sort.flatMap(({ field, descending }) => {
    const column = columnShowing(context.allColumns, field);

    return column === undefined ? [] : [{ column, descending: descending === true }];
  });
}

function valuesOf(id: RecordId, keys: readonly Key[], context: OrderContext): readonly Value[] {
  const record = context.record(id);

  return keys.map(({ column }) => (record === undefined ? null : valueIn(column, record).value));
}

function compareKeyed(a: Keyed, b: Keyed, keys: readonly Key[], around: Surroundings): number {
  for (const [index, { column, descending }] of keys.entries()) {
    const [left, right] = [a.values[index] ?? null, b.values[index] ?? null];
    const order = compareValues(column.declared, left, right, around);
    const isTurned = descending && left !== null && right !== null;
    if (order !== 0) return isTurned ? -order : order;
  }

  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Records never change, so their folded text is made once for each set of columns and surroundings. */
const searchTexts = new WeakMap<RegisterRecord, { context: OrderContext; text: string }>();

function searchText(record: RegisterRecord, context: OrderContext): string {
  const known = searchTexts.get(record);
  if (known !== undefined && isSameReading(known.context, context)) return known.text;
  const texts = context.shownColumns.map((column) => textIn(column, record, context.around));
  const text = fold(texts.join('\n'));
  searchTexts.set(record, { context, text });

  return text;
}

function isSameReading(a: OrderContext, b: OrderContext): boolean {
  return a.shownColumns === b.shownColumns && a.around === b.around;
}
