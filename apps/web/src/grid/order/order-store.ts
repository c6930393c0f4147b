/**
 * The rows on the screen. A row stays where it stands while people edit: new rows where they were made, an edited row
 * in its place, until the reader sorts again; a row that ceases to match the filter stays while he stands in it.
 */
import type { RecordId, SortKey } from '@lodestone/document-model';
import type { RegisterView } from '../view.ts';
import { Observable, type Watched } from '../state/observable.ts';
import { columnShowing } from '../columns/column.ts';
import { noFilter, type Filter } from './conditions.ts';
import { isInOrder, matches, orderRows, type OrderContext } from './view-order.ts';

export interface Order {
  readonly ids: readonly RecordId[];
  /** How many records there are without the filter. */
  readonly total: number;
  readonly sort: readonly SortKey[];
  readonly filter: Filter;
  /** Some row stands where it was, not where the sort would put it. */
  readonly isStale: boolean;
  /** Rows that are shown although they do not match the filter. */
  readonly unmatched: ReadonlySet<RecordId>;
  readonly isReady: boolean;
}

interface Place {
  readonly row: number;
  readonly below: RecordId | undefined;
}

const none: ReadonlySet<RecordId> = new Set();

export class OrderStore implements Watched<Order> {
  readonly #view: RegisterView;
  readonly #order: Observable<Order>;
  /** Records that were there at the last look, shown or not. */
  #known: ReadonlySet<RecordId> = none;
  /** Where records stood that were taken out, so that an undone archiving puts them back, and where new ones belong. */
  readonly #places = new Map<RecordId, Place>();
  #rows = new Map<RecordId, number>();
  #context: OrderContext;
  #standsIn: RecordId | undefined;
  /** Records made by this person, which are shown even where they do not match. */
  readonly #madeHere = new Set<RecordId>();

  constructor(view: RegisterView, context: OrderContext) {
    this.#view = view;
    this.#context = context;
    this.#order = new Observable<Order>({
      ids: [],
      total: 0,
      sort: view.register.sort,
      filter: noFilter,
      isStale: false,
      unmatched: none,
      isReady: view.isReady(),
    });
    this.renew();
  }

  readonly get = (): Order => this.#order.get();
  readonly subscribe = (listener: () => void): (() => void) => this.#order.subscribe(listener);

  rowOf(record: RecordId): number | undefined {
    return this.#rows.get(record);
  }

  /** Filters and sorts everything anew. */
  renew(): void {
    const { sort, filter } = this.get();
    const all = this.#view.ids();
    this.#known = new Set(all);
    this.#change({
      ids: orderRows(all, filter, sort, this.#context),
      total: all.length,
      isStale: false,
      unmatched: none,
      isReady: this.#view.isReady(),
    });
  }

  sortBy(sort: readonly SortKey[]): void {
    this.#order.set({ ...this.get(), sort });
    this.renew();
  }

  filterBy(filter: Filter): void {
    this.#order.set({ ...this.get(), filter });
    this.renew();
  }

  /**
   * Other columns, titles or another language: the same rows may match and sort otherwise. Rows move under nobody's
   * hands: while someone works in the grid, they only count as no longer sorted.
   */
  useContext(context: OrderContext, { mayMove }: { readonly mayMove: boolean }): void {
    const was = this.#context;
    this.#context = context;
    const isSameLanguage = was.around.language === context.around.language;
    if (isSameLanguage && !this.#readsTitles()) return;
    if (mayMove || !isSameLanguage) this.renew();
    else this.#change({ isStale: !this.#isSorted() });
  }

  /** Records this person has just made are shown from a row on, or at the end, whatever the filter says. */
  place(made: readonly RecordId[], row?: number): void {
    if (made.length === 0) return;
    for (const id of made) this.#madeHere.add(id);
    this.followIds();
    const order = this.get();
    const present = made.filter((id) => this.#known.has(id));
    const others = order.ids.filter((id) => !present.includes(id));
    const unmatched = new Set(order.unmatched);
    for (const id of present) if (!this.#matches(id)) unmatched.add(id);
    const from = row ?? others.length;
    // A view that lists its records a moment later finds the place kept.
    for (const id of made) {
      if (!present.includes(id)) this.#places.set(id, { row: from, below: others[from - 1] });
    }
    this.#change({ ids: [...others.slice(0, from), ...present, ...others.slice(from)], unmatched });
    this.#change({ isStale: !this.#isSorted() });
  }

  /**
   * The list of records changed: takes out what is gone and puts in what is new, and moves nothing else. False where
   * nothing came or went.
   */
  followIds(): boolean {
    const wasKnown = this.#known;
    if (!this.get().isReady) {
      this.renew();
      return !sameMembers(wasKnown, this.#known);
    }
    const all = this.#view.ids();
    const present = new Set(all);
    const made = all.filter((id) => !this.#known.has(id));
    const order = this.get();
    const kept = order.ids.filter((id) => present.has(id));
    this.#known = present;
    const isChanged = made.length > 0 || present.size !== wasKnown.size;
    const entering = made.filter((id) => this.#madeHere.has(id) || this.#matches(id));
    if (kept.length === order.ids.length && entering.length === 0) {
      this.#change({ total: all.length });
      return isChanged;
    }
    order.ids.forEach((id, row) => {
      if (!present.has(id)) this.#places.set(id, { row, below: order.ids[row - 1] });
    });
    const ids = insert(kept, entering, this.#places);
    for (const id of entering) this.#places.delete(id);
    const unmatched = new Set([...order.unmatched].filter((id) => present.has(id)));
    for (const id of entering) if (!this.#matches(id)) unmatched.add(id);
    this.#change({ ids, total: all.length, unmatched });
    if (entering.length > 0) this.#change({ isStale: !this.#isSorted() });

    return true;
  }

  /** Cells changed: rows that now match come in at the end; rows that no longer match go, unless someone stands there. */
  followChanges(changed: ReadonlySet<RecordId>): void {
    const order = this.get();
    if (!order.isReady) return;
    const unmatched = new Set(order.unmatched);
    const entering: RecordId[] = [];
    const leaving = new Set<RecordId>();
    for (const id of changed) {
      if (!this.#known.has(id)) continue;
      const isShown = this.#rows.has(id);
      const isMatch = this.#matches(id);
      if (isMatch) unmatched.delete(id);
      if (isMatch && !isShown) entering.push(id);
      if (!isMatch && isShown) {
        if (id === this.#standsIn || unmatched.has(id)) unmatched.add(id);
        else leaving.add(id);
      }
    }
    if (entering.length > 0 || leaving.size > 0) {
      const ids = [...order.ids.filter((id) => !leaving.has(id)), ...entering];
      for (const id of leaving) unmatched.delete(id);
      this.#change({ ids, unmatched });
    } else if (!sameMembers(unmatched, order.unmatched)) {
      this.#change({ unmatched });
    }
    if (!order.isStale && !this.#standWell(changed)) this.#change({ isStale: true });
  }

  /** The person stands in another row: the one he left goes if it does not match. */
  standIn(record: RecordId | undefined): void {
    const left = this.#standsIn;
    this.#standsIn = record;
    const order = this.get();
    if (left === undefined || left === record || !order.unmatched.has(left)) return;
    const unmatched = new Set(order.unmatched);
    unmatched.delete(left);
    this.#change({ ids: order.ids.filter((id) => id !== left), unmatched });
  }

  #matches(id: RecordId): boolean {
    const record = this.#view.record(id);

    return record !== undefined && matches(record, this.get().filter, this.#context);
  }

  /** Whether sort or filter look at what is not in the records themselves: titles of others, or the shown columns. */
  #readsTitles(): boolean {
    const { sort, filter } = this.get();
    const fields = [...sort, ...filter.conditions].map(({ field }) => field);

    return (
      filter.quick !== '' ||
      fields.some((field) => {
        const declared = columnShowing(this.#context.allColumns, field)?.declared;
        const shown = declared?.kind === 'set' ? declared.of : declared;

        return shown?.kind === 'reference';
      })
    );
  }

  #isSorted(): boolean {
    const { ids, sort } = this.get();

    return ids.every((id, row) => {
      const above = ids[row - 1];

      return above === undefined || isInOrder(above, id, sort, this.#context);
    });
  }

  /** Whether the changed rows still stand well between their neighbours. */
  #standWell(changed: ReadonlySet<RecordId>): boolean {
    const { ids, sort } = this.get();
    for (const id of changed) {
      const row = this.#rows.get(id);
      if (row === undefined) continue;
      const [above, below] = [ids[row - 1], ids[row + 1]];
      if (above !== undefined && !isInOrder(above, id, sort, this.#context)) return false;
      if (below !== undefined && !isInOrder(id, below, sort, this.#context)) return false;
    }

    return true;
  }

  #change(part: Partial<Order>): void {
    if (part.ids !== undefined) {
      this.#rows = new Map(part.ids.map((id, row) => [id, row]));
    }
    const order = this.get();
    const next = { ...order, ...part };
    const isSame = (Object.keys(part) as (keyof Order)[]).every((key) =>
      Object.is(order[key], next[key]),
    );
    if (!isSame) this.#order.set(next);
  }
}

/** Puts what has a place there, and the rest at the end. */
function insert(
  ids: readonly RecordId[],
  entering: readonly RecordId[],
  places: ReadonlyMap<RecordId, Place>,
): readonly RecordId[] {
  const next = [...ids];
  const rowOf = (id: RecordId) => places.get(id)?.row ?? Infinity;
  for (const id of [...entering].sort((a, b) => rowOf(a) - rowOf(b))) {
    const place = places.get(id);
    const above = place?.below === undefined ? -1 : next.indexOf(place.below);
    if (place === undefined || (above === -1 && place.row > 0)) next.push(id);
    else next.splice(above + 1, 0, id);
  }

  return next;
}

function sameMembers(a: ReadonlySet<RecordId>, b: ReadonlySet<RecordId>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
