/**
 * The log entry that starts a generation. It needs no update: its records are those of the entries before it, so whoever
 * replays the log up to there makes the bytes himself and holds them against the hash.
 */
import {
  appendLeaf,
  decodeFrontier,
  encodeFrontier,
  entryLeaf,
  type EntryMeta,
  type EntryPayload,
} from '@lodestone/audit-log';
import { generationClientId, type DocumentName } from '@lodestone/document-model';
import type { GenerationStart, Turn } from './document-store.ts';
import type { Head } from './log-entry.ts';
import { drawSalt } from './salt.ts';
import { workspaceActor } from './workspace-actor.ts';

export const generationAction = 'document.rebased';

interface Started extends GenerationStart {
  readonly document: DocumentName;
  readonly records: number;
  readonly bytes: number;
}

interface Around {
  readonly compartment: string;
  readonly accessVersion: number;
  readonly schemaVersion: number;
  readonly now: Date;
}

/** The turn that consists of this entry alone. */
export function toGenerationTurn(head: Head, started: Started, around: Around): Turn {
  const seq = head.seq + 1;
  const { document, ...start } = started;
  const meta: EntryMeta = {
    version: 1,
    log: around.compartment,
    seq,
    action: generationAction,
    outcome: 'admitted',
    recordedAt: around.now.toISOString(),
    actor: workspaceActor.person,
    party: workspaceActor.party,
    roles: workspaceActor.roles,
    session: workspaceActor.session,
    document,
    generation: start.generation,
    edit: null,
    clientId: generationClientId,
    clock: 0,
    seen: head.seq,
    accessVersion: around.accessVersion,
    schemaVersion: around.schemaVersion,
  };
  const payload: EntryPayload = { salt: drawSalt(), update: null, changes: [start] };
  const leaf = entryLeaf(meta, payload);
  const frontier = encodeFrontier(appendLeaf(decodeFrontier(head.frontier), head.seq, leaf));

  return {
    head: { seq, frontier },
    entries: [{ meta, payload, leaf }],
    changes: [],
    conflicts: [],
  };
}
