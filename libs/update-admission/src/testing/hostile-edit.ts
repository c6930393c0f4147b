/** Updates that no honest client writes: honest ones with broken bytes, and made-up ones that aim at what is there. */
import type * as Y from 'yjs';
import { craft, type CraftedItem } from './crafted-update.ts';

/** Whole numbers from 0 to below `end`, the same for the same seed (mulberry32). */
export type Dice = (end: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;

  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;

    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

function pick<T>(dice: Dice, from: readonly T[]): T {
  return from[dice(from.length)] as T;
}

/** One to three bytes replaced, or one left out, or one doubled. */
export function breakBytes(dice: Dice, update: Uint8Array): Uint8Array {
  const bytes = [...update];
  const at = dice(bytes.length);
  const way = dice(8);
  if (way === 0) bytes.splice(at, 1);
  else if (way === 1) bytes.splice(at, 0, bytes[at] ?? 0);
  else for (let left = 1 + dice(2); left > 0; left -= 1) bytes[dice(bytes.length)] = dice(256);

  return Uint8Array.from(bytes);
}

const values = [
  null,
  true,
  false,
  'planned',
  'built',
  'approved',
  'One',
  3,
  -3,
  { amount: 1, unit: 't' },
  { name: 'R' },
  ['light'],
  'a\0b',
  10n,
  undefined,
];
/** Mostly a value that may stand under the key. */
function fittingValue(dice: Dice, key: string): unknown {
  const [, field, element] = key.split('/');
  if (field === undefined) return { name: 'R' };
  if (element !== undefined) return dice(2) === 0;
  switch (field) {
    case 'days':
      return dice(100);
    case 'active':
    case 'archived':
      return true;
    case 'place':
      return { lat: 1, lon: 2 };
    case 'state':
      return pick(dice, ['planned', 'built', 'approved']);
    default:
      return pick(dice, ['One', 'Two', '三']);
  }
}

const fields = ['name', 'notes', 'days', 'active', 'archived', 'place', 'state', 'stock'];
const closed = ['symbol', 'oldName', 'tags', 'nothing'];
const elements = ['tags/light', 'tags/heavy', 'sources/s1', 'sources/s9', 'parties/JPN'];
const strange = ['__proto__', 'r1/__proto__', 'r1/tags/light/x', 'r1/', ''];

/** A document to aim at: the server's, or a copy of it. */
export interface Target {
  readonly document: Y.Doc;
  readonly cells: Y.Map<unknown>;
  /** The name of the root map; by default that of the sample register. */
  readonly root?: string;
}

/** Items and deletes that point at each other and at the document's own items, mostly rightly and sometimes not. */
export function makeUp(dice: Dice, workspace: Target, clientId: number): Uint8Array {
  const stored = [...workspace.document.store.clients.values()].flat();
  const clock = clockOf(stored, clientId);
  const records = [...workspace.cells.keys()].filter((key) => !key.includes('/'));
  const anyKey = () => {
    const record = dice(20) === 0 ? 'unborn' : pick(dice, records);
    const way = dice(20);
    if (way === 0) return pick(dice, strange);
    if (way === 1) return pick(dice, [record, `fresh-${String(dice(100))}`]);
    if (way === 2) return `${record}/${pick(dice, closed)}`;

    return `${record}/${way < 14 ? pick(dice, fields) : pick(dice, elements)}`;
  };
  const keyAt = ({ origin }: Pick<CraftedItem, 'origin'>) => {
    const [client, at] = origin ?? [];
    const struct = stored.find(
      ({ id, length }) => id.client === client && id.clock + length - 1 === at,
    );

    return (struct as Y.Item | undefined)?.parentSub ?? '';
  };
  const anyOrigin = (next: number): readonly [number, number] => {
    const way = dice(20);
    if (way === 0) return [clientId, next + dice(2)];
    if (way === 1) return [dice(12), dice(12)];
    if (way < 7 && next > 0) return [clientId, next - 1];
    // The last item on a key, which is what an honest author would name.
    const items = [...workspace.cells._map.values()];
    const struct = way < 14 ? pick(dice, items) : pick(dice, stored);

    return [struct.id.client, struct.id.clock + struct.length - 1];
  };
  const items: CraftedItem[] = [];
  let next = clock;
  for (let left = 1 + dice(3); left > 0; left -= 1) {
    const tombstone = dice(16) === 0 ? 1 + dice(3) : undefined;
    const place = dice(2) === 0 ? { key: anyKey() } : { origin: anyOrigin(next) };
    const more = dice(40) === 0 ? { rightOrigin: anyOrigin(next) } : {};
    const value =
      dice(3) === 0 ? pick(dice, values) : fittingValue(dice, place.key ?? keyAt(place));
    const what = tombstone === undefined ? { value } : { tombstone };
    items.push({ ...place, ...more, ...what });
    next += tombstone ?? 1;
  }

  return craft({
    ...(workspace.root !== undefined && { root: workspace.root }),
    clientId: dice(30) === 0 ? dice(12) : clientId,
    clock: dice(20) === 0 ? clock + dice(3) - 1 + Number(clock === 0) : clock,
    items: dice(15) === 0 ? [] : items,
    deletes: madeUpDeletes(dice, stored, [clientId, clock, next]),
  });
}

function madeUpDeletes(
  dice: Dice,
  stored: readonly (Y.Item | Y.GC)[],
  [clientId, clock, end]: readonly [number, number, number],
) {
  const deletes = new Map<number, readonly [number, number]>();
  for (let left = dice(3) === 0 ? 1 + dice(2) : 0; left > 0; left -= 1) {
    const struct = pick(dice, stored);
    deletes.set(struct.id.client, [struct.id.clock, 1 + Number(dice(8) === 0)]);
  }
  if (dice(12) === 0) deletes.set(clientId, [clock + dice(end - clock + 1), 1]);

  return [...deletes].map(([client, range]) => [client, range] as const);
}

function clockOf(stored: readonly (Y.Item | Y.GC)[], clientId: number): number {
  return Math.max(
    0,
    ...stored.filter(({ id }) => id.client === clientId).map(({ id, length }) => id.clock + length),
  );
}
