/** Writes updates by hand, so that a test can send what no Yjs client would. */
import * as encoding from 'lib0/encoding';

export interface CraftedItem {
  /** The bytes of the item's info byte, content kind included; by default what the other members ask for. */
  readonly info?: number;
  readonly origin?: readonly [clientId: number, clock: number];
  readonly rightOrigin?: readonly [clientId: number, clock: number];
  readonly key?: string;
  readonly root?: string;
  /** One value, or the bytes after the place of the item. */
  readonly value?: unknown;
  readonly content?: (encoder: encoding.Encoder) => void;
  /** Makes it a tombstone of that length. */
  readonly tombstone?: number;
}

export interface CraftedUpdate {
  readonly clientId?: number;
  readonly clock?: number;
  readonly items?: readonly CraftedItem[];
  /** The number written before the items, where it is to be a lie. */
  readonly count?: number;
  readonly deletes?: readonly (readonly [
    clientId: number,
    ...ranges: (readonly [clock: number, length: number])[],
  ])[];
  readonly trailing?: Uint8Array;
  /** The root of items that name none. */
  readonly root?: string;
}

/** The v1 encoding of a made-up update; items that name no client continue `clientId` from `clock`. */
export function craft(update: CraftedUpdate): Uint8Array {
  return encoding.encode((encoder) => {
    const { items = [], deletes = [], root = 'site' } = update;
    encoding.writeVarUint(encoder, items.length > 0 || update.count !== undefined ? 1 : 0);
    if (items.length > 0 || update.count !== undefined) {
      encoding.writeVarUint(encoder, update.count ?? items.length);
      encoding.writeVarUint(encoder, update.clientId ?? 0);
      encoding.writeVarUint(encoder, update.clock ?? 0);
      for (const item of items) writeItem(encoder, { root, ...item });
    }
    encoding.writeVarUint(encoder, deletes.length);
    for (const [clientId, ...ranges] of deletes) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, ranges.length);
      for (const range of ranges) for (const part of range) encoding.writeVarUint(encoder, part);
    }
    if (update.trailing !== undefined) encoding.writeUint8Array(encoder, update.trailing);
  });
}

function writeItem(encoder: encoding.Encoder, item: CraftedItem): void {
  const { origin, rightOrigin, key, root = '', tombstone } = item;
  const info =
    (tombstone === undefined ? 8 : 1) |
    (origin === undefined ? 0 : 128) |
    (rightOrigin === undefined ? 0 : 64) |
    (key === undefined ? 0 : 32);
  encoding.writeUint8(encoder, item.info ?? info);
  for (const neighbour of [origin, rightOrigin]) {
    for (const part of neighbour ?? []) encoding.writeVarUint(encoder, part);
  }
  if (origin === undefined && rightOrigin === undefined) {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, root);
    if (key !== undefined) encoding.writeVarString(encoder, key);
  }
  if (item.content !== undefined) {
    item.content(encoder);
  } else if (tombstone !== undefined) {
    encoding.writeVarUint(encoder, tombstone);
  } else {
    encoding.writeVarUint(encoder, 1);
    encoding.writeAny(encoder, item.value as never);
  }
}
