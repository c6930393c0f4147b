/**
 * Reads a Yjs update, v1 encoding, as this product writes them: one author, items of a root map that hold one JSON value
 * or the tombstone of one, and delete ranges. Everything else is refused before Yjs sees it (UA1 to UA5).
 */
import { longestKey } from '@lodestone/document-model';
import { ByteReader } from './byte-reader.ts';
import { decodeValue, type DecodedValue } from './decode-value.ts';
import { limits } from './limits.ts';
import { malformed, tooLarge } from './refusal.ts';

export interface ItemId {
  readonly clientId: number;
  readonly clock: number;
}

export interface DecodedItem {
  readonly clock: number;
  readonly length: number;
  /** The item on whose right this one was put; absent for the first item its author knew on the key. */
  readonly origin?: ItemId;
  /** The key in the root map; given exactly where there is no origin, from which it would be taken. */
  readonly key?: string;
  /** Absent for a tombstone: a value that its author overwrote before sending it. */
  readonly content?: DecodedValue;
}

/** Consecutive items of one client. */
export interface AuthorSection {
  readonly clientId: number;
  readonly clock: number;
  readonly end: number;
  readonly items: readonly DecodedItem[];
}

/** The clocks of one client from `clock` up to but not including `end`. */
interface DeleteRange {
  readonly clientId: number;
  readonly clock: number;
  readonly end: number;
}

export interface DecodedUpdate {
  readonly section?: AuthorSection;
  /** In ascending order and apart from each other for each client. */
  readonly deletes: readonly DeleteRange[];
}

const contentTombstone = 1;
const contentAny = 8;
const hasOrigin = 128;
const hasRightOrigin = 64;
const hasKey = 32;
const parentIsRoot = 1;

/** @param root the name of the root map that every key must be in. */
export function decodeUpdate(bytes: Uint8Array, root: string): DecodedUpdate {
  if (bytes.length > limits.updateBytes) throw tooLarge();
  const reader = new ByteReader(bytes);
  const sections = reader.uint();
  if (sections > 1) throw malformed('it has more than one author');
  const section = sections === 1 ? decodeSection(reader, root) : undefined;
  const deletes = decodeDeletes(reader);
  if (reader.remaining > 0) throw malformed('bytes follow its end');

  return { ...(section !== undefined && { section }), deletes };
}

function decodeSection(reader: ByteReader, root: string): AuthorSection {
  const count = reader.uint();
  // An item takes at least two bytes: nothing is allocated for a number that cannot be true.
  if (count === 0 || count > limits.structs || count * 2 > reader.remaining) {
    throw malformed('its number of items is wrong');
  }
  const clientId = reader.uint();
  const clock = reader.uint();
  const items: DecodedItem[] = [];
  let end = clock;
  for (let left = count; left > 0; left -= 1) {
    const item = decodeItem(reader, end, root);
    items.push(item);
    end += item.length;
    if (end - clock > limits.clocks || !Number.isSafeInteger(end)) {
      throw malformed('its clocks go too far');
    }
  }

  return { clientId, clock, end, items };
}

function decodeItem(reader: ByteReader, clock: number, root: string): DecodedItem {
  const info = reader.byte();
  const kind = info & 31;
  if (kind !== contentAny && kind !== contentTombstone) {
    throw malformed('an item holds neither a value nor a tombstone');
  }
  // The newest value of a key has nothing on its right, so an honest author never names such a neighbour.
  if ((info & hasRightOrigin) !== 0) throw malformed('an item names a right neighbour');
  const place =
    (info & hasOrigin) !== 0
      ? { origin: { clientId: reader.uint(), clock: reader.uint() } }
      : { key: decodeKey(reader, info, root) };
  const length = reader.uint();
  if (kind === contentAny) {
    if (length !== 1) throw malformed('an item does not hold exactly one value');

    return { clock, length, ...place, content: decodeValue(reader) };
  }
  if (length === 0 || length > limits.clocks) throw malformed('the length of a tombstone is wrong');

  return { clock, length, ...place };
}

function decodeKey(reader: ByteReader, info: number, root: string): string {
  if (reader.uint() !== parentIsRoot || (info & hasKey) === 0) {
    throw malformed('an item is not in the root map');
  }
  if (reader.text(longestKey) !== root) throw malformed('it is about another register');
  const key = reader.text(longestKey);
  if (key.includes('\0')) throw malformed('a key is not allowed');

  return key;
}

function decodeDeletes(reader: ByteReader): readonly DeleteRange[] {
  const deletes: DeleteRange[] = [];
  const clients = new Set<number>();
  for (let left = reader.uint(); left > 0; left -= 1) {
    const clientId = reader.uint();
    if (clients.has(clientId)) throw malformed('it names a client twice in its deletes');
    clients.add(clientId);
    const count = reader.uint();
    if (count === 0 || count * 2 > reader.remaining) {
      throw malformed('its number of deletes is wrong');
    }
    if (deletes.length + count > limits.deleteRanges) throw malformed('it has too many deletes');
    for (let ranges = count, last = -1; ranges > 0; ranges -= 1) {
      const clock = reader.uint();
      const end = clock + reader.uint();
      if (end === clock || clock <= last || !Number.isSafeInteger(end)) {
        throw malformed('its deletes are not in order');
      }
      last = end - 1;
      deletes.push({ clientId, clock, end });
    }
  }

  return deletes;
}
