/**
 * Finds the key that every item of an update will stand on, exactly as Yjs will, by reading alone. What it lets pass
 * cannot throw in Yjs, cannot stay pending, and cannot empty a key (UA5 to UA9).
 */
import * as Y from 'yjs';
import type { CommittedCells } from './committed-cells.ts';
import type { AuthorSection, DecodedItem, DecodedUpdate, ItemId } from './decode-update.ts';
import { limits } from './limits.ts';
import { malformed, resync } from './refusal.ts';

/** What an update does to one key. */
export interface Slot {
  readonly key: string;
  /** The item that holds the committed value. */
  readonly current: Y.Item | undefined;
  /** The update's items, each put to the right of the one before it; the last one holds the new value. */
  readonly chain: DecodedItem[];
  /** The author did not know `current`: Yjs decides which value stays. */
  readonly concurrent: boolean;
}

export interface Resolved {
  readonly slots: ReadonlyMap<string, Slot>;
  /** Keys that the update would leave without a value of its author or of anybody. */
  readonly emptied: ReadonlySet<string>;
}

/** @param section absent where all items of the update are known already, so that only its deletes count. */
export function resolveSlots(
  cells: CommittedCells,
  update: DecodedUpdate,
  section: AuthorSection | undefined,
): Resolved {
  const resolver = new SlotResolver(cells, section);
  resolver.placeItems();
  resolver.checkTails();
  for (const range of update.deletes) resolver.checkDeletes(range);

  return resolver;
}

export function clockOf(document: Y.Doc, clientId: number): number {
  const last = document.store.clients.get(clientId)?.at(-1);

  return last === undefined ? 0 : last.id.clock + last.length;
}

class SlotResolver implements Resolved {
  readonly slots = new Map<string, Slot>();
  readonly emptied = new Set<string>();
  readonly #cells: CommittedCells;
  readonly #structs: Y.Doc['store']['clients'];
  readonly #section: AuthorSection | undefined;
  /** Each slot by the clock of the last item in its chain. */
  readonly #tails = new Map<number, Slot>();
  #stepsLeft: number = limits.scanSteps;
  #deletesLeft: number = limits.deletedItems;

  constructor(cells: CommittedCells, section: AuthorSection | undefined) {
    this.#cells = cells;
    this.#section = section;
    const document = cells.root.doc;
    if (document === null) throw new Error('the root map belongs to no document');
    this.#structs = document.store.clients;
  }

  placeItems(): void {
    for (const item of this.#section?.items ?? []) {
      const slot = this.#slotFor(item);
      slot.chain.push(item);
      this.#tails.set(item.clock + item.length - 1, slot);
    }
  }

  /** The last item of a chain is what its key will show, so it must be a value. */
  checkTails(): void {
    for (const { key, chain } of this.slots.values()) {
      if (chain.at(-1)?.content === undefined) this.emptied.add(key);
    }
  }

  #slotFor({ origin, key, clock }: DecodedItem): Slot {
    if (origin === undefined) return this.#openSlot(key ?? '');
    const section = this.#section;
    if (section === undefined || origin.clientId !== section.clientId)
      return this.#anchored(origin);
    if (origin.clock < section.clock) return this.#anchored(origin);
    if (origin.clock >= clock) throw malformed('an item refers to a later one');
    const slot = this.#tails.get(origin.clock);
    if (slot === undefined) throw notChain();
    this.#tails.delete(origin.clock);
    this.#charge(1);

    return slot;
  }

  /** The author knew no value on the key. */
  #openSlot(key: string): Slot {
    if (this.slots.has(key)) throw notChain();
    const current = this.#cells.itemOf(key);
    // Yjs walks to the first item, along all of them, and once more to the first.
    if (current !== undefined) this.#chargeWalk(current, 'left', 3);

    return this.#add({ key, current, chain: [], concurrent: current !== undefined });
  }

  /** The author's value replaces a stored one. */
  #anchored(origin: ItemId): Slot {
    const structs = this.#structs.get(origin.clientId);
    const item = structs && findStruct(structs, origin.clock);
    if (structs === undefined || item === undefined) throw resync('neighbour');
    if (!(item instanceof Y.Item) || item.parentSub === null || item.parent !== this.#cells.root) {
      throw malformed('an item refers to something that is no cell');
    }
    const key = item.parentSub;
    if (this.slots.has(key)) throw notChain();
    const current = this.#cells.itemOf(key);
    const atEnd = origin.clock === item.id.clock + item.length - 1;
    if (item === current && atEnd) return this.#add({ key, current, chain: [], concurrent: false });
    // Yjs splits a run of tombstones where the origin lies inside it, which moves all that follow in its list.
    if (!atEnd) this.#charge(1 + Math.ceil(structs.length / 1024));
    this.#chargeWalk(item, 'right', 1);

    return this.#add({ key, current, chain: [], concurrent: true });
  }

  #add(slot: Slot): Slot {
    this.slots.set(slot.key, slot);

    return slot;
  }

  #charge(steps: number): void {
    this.#stepsLeft -= steps;
    if (this.#stepsLeft < 0) throw malformed('it conflicts with too many earlier edits');
  }

  #chargeWalk(from: Y.Item, direction: 'left' | 'right', times: number): void {
    for (let item: Y.Item | null = from; item !== null; item = item[direction]) this.#charge(times);
  }

  checkDeletes({ clientId, clock, end }: DecodedUpdate['deletes'][number]): void {
    const structs = this.#structs.get(clientId) ?? [];
    const last = structs.at(-1);
    const stored = last === undefined ? 0 : last.id.clock + last.length;
    const own = this.#section?.clientId === clientId ? this.#section : undefined;
    // Yjs would keep the range and delete the future edits it names.
    if (end > (own?.end ?? stored)) throw resync('deleted-item');
    if (clock < stored) this.#checkStoredDeletes(structs, clock, end);
    for (let at = Math.max(clock, stored); at < end; at += 1) {
      const slot = this.#tails.get(at);
      if (slot !== undefined) this.emptied.add(slot.key);
    }
  }

  /** A stored value is deleted only as the shadow of the item that takes its place. */
  #checkStoredDeletes(structs: readonly (Y.Item | Y.GC)[], clock: number, end: number): void {
    for (let at = indexOfStruct(structs, clock); at < structs.length; at += 1) {
      const item = structs[at];
      if (item === undefined || item.id.clock >= end) return;
      this.#deletesLeft -= 1;
      if (this.#deletesLeft < 0) throw malformed('it deletes too much');
      if (item.deleted || !(item instanceof Y.Item)) continue;
      if (item.parentSub === null || item.parent !== this.#cells.root) {
        throw malformed('it deletes something that is no cell');
      }
      const slot = this.slots.get(item.parentSub);
      if (slot === undefined || slot.concurrent) this.emptied.add(item.parentSub);
    }
  }
}

function notChain() {
  return malformed('the items of one key do not follow each other');
}

function findStruct(structs: readonly (Y.Item | Y.GC)[], clock: number) {
  const last = structs.at(-1);
  if (last === undefined || clock >= last.id.clock + last.length) return undefined;

  return structs[indexOfStruct(structs, clock)];
}

/** The index of the struct that holds a clock, in a list that is in order and without gaps. */
function indexOfStruct(structs: readonly (Y.Item | Y.GC)[], clock: number): number {
  let low = 0;
  let high = structs.length - 1;
  if ((structs[high]?.id.clock ?? 0) <= clock) return high; // The newest one is the usual case.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((structs[middle]?.id.clock ?? 0) <= clock) low = middle;
    else high = middle - 1;
  }

  return low;
}
