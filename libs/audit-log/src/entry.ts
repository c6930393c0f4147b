/** One entry of the log, and the leaf that stands for it in the tree. */
import { canonicalForm, type Json } from './canonical-form.ts';
import { gather } from './gather.ts';
import { leafHash, type Hash } from './merkle-tree.ts';
import { sha256 } from './sha256.ts';

/** What stands about an entry in the clear: primitives and lists of strings only. A null was not given. */
export interface EntryMeta {
  readonly version: 1;
  readonly log: string;
  /** The entry's number in its log, from 1. */
  readonly seq: number;
  readonly action: string;
  readonly outcome: 'admitted' | 'refused';
  /** RFC 3339 in UTC with milliseconds. */
  readonly recordedAt: string;
  readonly actor: string;
  readonly party: string;
  readonly roles: readonly string[];
  readonly session: string;
  readonly document: string;
  readonly generation: number;
  readonly edit: string | null;
  readonly clientId: number;
  readonly clock: number;
  readonly seen: number | null;
  readonly accessVersion: number;
  readonly schemaVersion: number;
}

/** What can be destroyed while the tree still verifies. */
export interface EntryPayload {
  /** 16 random bytes: without them the hash of a short value could be guessed. */
  readonly salt: Uint8Array;
  readonly update: Uint8Array | null;
  readonly changes: Json;
}

/**
 * The leaf: `leafHash(canonical(meta) || payloadHash)`, where the payload's hash is
 * `SHA-256(salt || length of update, 4 bytes big-endian || update || canonical(changes))`.
 */
export function entryLeaf(meta: EntryMeta, payload: EntryPayload): Hash {
  return leafHash([canonicalMeta(meta), payloadHash(payload)]);
}

/** The canonical form of what holds no object: its members in order, as `JSON.stringify` writes them. */
function canonicalMeta(meta: EntryMeta): string {
  const inOrder: EntryMeta = {
    accessVersion: meta.accessVersion,
    action: meta.action,
    actor: meta.actor,
    clientId: meta.clientId,
    clock: meta.clock,
    document: meta.document,
    edit: meta.edit,
    generation: meta.generation,
    log: meta.log,
    outcome: meta.outcome,
    party: meta.party,
    recordedAt: meta.recordedAt,
    roles: meta.roles,
    schemaVersion: meta.schemaVersion,
    seen: meta.seen,
    seq: meta.seq,
    session: meta.session,
    version: meta.version,
  };

  return JSON.stringify(inOrder);
}

export function payloadHash({ salt, update, changes }: EntryPayload): Hash {
  const bytes = update ?? new Uint8Array();
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);

  return sha256(gather([salt, length, bytes, canonicalForm(changes)]));
}
