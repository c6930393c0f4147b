/**
 * Re-bases a worn document: its present records are written into a fresh one, as an entry of the log like any other. It
 * is a turn of its own, behind both locks; the bytes are made before they are taken, since that takes longer than the rest.
 */
import { generationHash } from '@lodestone/document-model';
import type { AccessFacts } from '../access/access-facts.ts';
import type { Clock } from './clock.ts';
import type { CompartmentMemory } from './compartment-memory.ts';
import type { DocumentStore, StartedGeneration, TurnTransaction } from './document-store.ts';
import { toGenerationTurn } from './generation-start.ts';
import type { LiveDocument } from './live-document.ts';
import type { Head } from './log-entry.ts';

interface Around {
  readonly compartment: string;
  readonly store: DocumentStore;
  readonly access: AccessFacts;
  readonly memory: CompartmentMemory;
  readonly clock: Clock;
}

interface Written {
  readonly head: Head;
  readonly started: StartedGeneration;
  readonly next: LiveDocument;
}

/** Between turns, and with the document as committed. */
export async function rebase(document: LiveDocument, around: Around): Promise<void> {
  const { compartment, store, memory } = around;
  const next = makeNext(document);
  const written = await store.transact(compartment, (transaction) =>
    write(transaction, next, around),
  );
  if (written !== undefined) memory.commitGeneration(written.started, written.next, written.head);
}

interface Next {
  readonly document: LiveDocument;
  /** The head at which these are its records. */
  readonly state: Uint8Array;
  readonly next: LiveDocument;
}

function makeNext(document: LiveDocument): Next {
  const state = document.encodeNext();

  return { document, state, next: document.goOn(document.generation + 1, state) };
}

/** Undefined where another process has done it already. */
async function write(
  transaction: TurnTransaction,
  made: Next,
  { access, memory, compartment, clock }: Around,
): Promise<Written | undefined> {
  await access.refresh(transaction, await transaction.lockAccess());
  const head = await transaction.lockHead();
  const isBehind = head.seq > memory.head.seq;
  await memory.followWithin(transaction, head);
  const document = memory.documents.get(made.document.register.name);
  if (document?.generation !== made.document.generation) return undefined;
  const { state, next } = isBehind ? makeNext(document) : made;
  const start = { generation: next.generation, hash: generationHash(state) };
  const turn = toGenerationTurn(
    head,
    { ...start, document: document.name, records: document.records.size, bytes: state.length },
    {
      compartment,
      accessVersion: access.version,
      schemaVersion: document.register.version,
      now: clock.now(),
    },
  );
  const { seq } = turn.head;
  await transaction.append(turn, head);
  await transaction.startGeneration({
    document: document.name,
    generation: next.generation,
    seq,
    state,
  });

  return { head: turn.head, started: { document: document.name, seq, start }, next };
}
