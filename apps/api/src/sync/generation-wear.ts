/**
 * How worn a document is. Every overwritten value and every client id that has written stays in a Yjs document for ever;
 * past these limits the document goes on in a new generation, which has neither.
 */
import type * as Y from 'yjs';

export interface Wear {
  /** Values that are no longer read, as pieces that have to be loaded, kept and searched. */
  readonly overwritten: number;
  /** Client ids that have written. */
  readonly clientIds: number;
}

export interface WearLimits extends Wear {
  /** So many updates from one measuring to the next: it looks at every client id. */
  readonly measureEvery: number;
}

/**
 * Measured: each 10,000 overwritten values cost a load some 15 ms and the memory some 1.5 MB; each 1,000 client ids cost
 * every update some 0.2 ms, since Yjs looks at all of them. At these limits a load takes about 75 ms more than it
 * must and an update a tenth of a millisecond. A document that is written 1,000 times a second, without a pause, comes to
 * a new generation every 50 s, one that is written ten times a second every hour and a half. Making one holds its room
 * up for some 0.3 s at 10,000 records; the head row is held for the writing alone.
 */
export const wearLimits: WearLimits = { overwritten: 50_000, clientIds: 500, measureEvery: 64 };

export function measureWear(document: Y.Doc, root: Y.Map<unknown>): Wear {
  let pieces = 0;
  for (const own of document.store.clients.values()) pieces += own.length;

  return { overwritten: pieces - root._map.size, clientIds: document.store.clients.size };
}

/** A document that holds much may have more overwritten in it before a new generation is worth its making. */
export function isWorn(wear: Wear, keys: number, limits: Wear): boolean {
  return wear.overwritten > Math.max(limits.overwritten, keys) || wear.clientIds > limits.clientIds;
}
