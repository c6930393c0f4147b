/**
 * The log entry that starts a generation. It needs no update: its records are those of the entries before it, so whoever
 * replays the log up to there makes the bytes himself and holds them against the hash.
 */
import { generationClientId, type DocumentName } from '@lodestone/document-model';
import type { GenerationStart, Turn } from './document-store.ts';
import type { Head } from './log-entry.ts';
import { LogTail } from './log-tail.ts';
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
  const { document, ...start } = started;
  const { person, party, roles, session } = workspaceActor;
  const tail = new LogTail(around.compartment, head);
  tail.append(
    {
      action: generationAction,
      outcome: 'admitted',
      recordedAt: around.now.toISOString(),
      ...{ actor: person, party, roles, session, document },
      generation: start.generation,
      edit: null,
      clientId: generationClientId,
      clock: 0,
      seen: head.seq,
      accessVersion: around.accessVersion,
      schemaVersion: around.schemaVersion,
    },
    { update: null, changes: [start] },
  );

  return { head: tail.head, entries: tail.entries, changes: [], conflicts: [] };
}
