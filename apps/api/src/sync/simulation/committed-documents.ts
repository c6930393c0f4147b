/** The documents as the log makes them, entry by entry and generation by generation. */
import {
  encodeGeneration,
  findRegister,
  generationHash,
  RegisterRecords,
  type Register,
} from '@lodestone/document-model';
import * as Y from 'yjs';
import type { GenerationStart } from '../document-store.ts';
import type { LoggedEntry } from '../log-entry.ts';

interface Admitted {
  readonly seq: number;
  readonly clientId: number;
  /** The author's clock after it. */
  readonly end: number;
}

interface Range {
  readonly after: number;
  readonly seq: number;
  readonly update: Uint8Array;
}

interface Reader {
  readonly document: string;
  readonly clientId: number;
  readonly generation: number;
}

class CommittedGeneration {
  readonly doc = new Y.Doc();
  readonly entries: Admitted[] = [];
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  clockOf(clientId: number): number {
    return Y.getState(this.doc.store, clientId);
  }
}

export class CommittedDocuments {
  readonly #generations = new Map<string, CommittedGeneration>();
  readonly #present = new Map<string, CommittedGeneration>();

  names(): readonly string[] {
    return [...this.#present.keys()];
  }

  generationOf(document: string): number {
    return this.#presentOf(document).number;
  }

  records(document: string): RegisterRecords {
    const register = registerOf(document);

    return new RegisterRecords(register, this.#presentOf(document).doc.getMap(register.name));
  }

  /** @returns what is wrong with it */
  commit({ meta, payload }: LoggedEntry): string | undefined {
    const { document, seq } = meta;
    if (payload.update === null)
      return this.#rebase(document, payload.changes as unknown as readonly GenerationStart[]);
    const generation = this.#presentOf(document);
    const what = `entry ${String(seq)} of ${document}`;
    if (meta.generation !== generation.number) return `${what} is of another generation`;
    const { clientId, clock } = meta;
    if (generation.clockOf(clientId) !== clock)
      return `${what} leaves a gap in its author's clocks`;
    Y.applyUpdate(generation.doc, payload.update);
    const { pendingStructs, pendingDs } = generation.doc.store;
    if (pendingStructs !== null || pendingDs !== null) return `${what} waits in the document`;
    generation.entries.push({ seq, clientId, end: generation.clockOf(clientId) });

    return undefined;
  }

  /** Whether all of an update is committed. */
  holds(document: string, generation: number, update: Uint8Array): boolean {
    const committed = this.#generations.get(keyOf(document, generation));
    const ends = Y.parseUpdateMeta(update).to;
    if (committed === undefined) return ends.size === 0;

    return [...ends].every(([clientId, end]) => committed.clockOf(clientId) >= end);
  }

  /** The first entry of others that a reader should have been sent with this. */
  findMissing(reader: Reader, { after, seq, update }: Range): number | undefined {
    const { document, generation, clientId } = reader;
    const ends = Y.parseUpdateMeta(update).to;
    const entries = this.#generations.get(keyOf(document, generation))?.entries ?? [];

    return entries.find(
      (entry) =>
        entry.seq > after &&
        entry.seq <= seq &&
        entry.clientId !== clientId &&
        (ends.get(entry.clientId) ?? 0) < entry.end,
    )?.seq;
  }

  #rebase(document: string, [start]: readonly GenerationStart[]): string | undefined {
    const register = registerOf(document);
    const present = this.#presentOf(document);
    const bytes = encodeGeneration(register, present.doc.getMap(register.name));
    const next = this.#make(document, present.number + 1);
    Y.applyUpdate(next.doc, bytes);
    if (start?.generation !== next.number) return `${document} skips a generation`;

    return start.hash === generationHash(bytes)
      ? undefined
      : `generation ${String(next.number)} of ${document} is not what its records make`;
  }

  #presentOf(document: string): CommittedGeneration {
    return this.#present.get(document) ?? this.#make(document, 1);
  }

  #make(document: string, number: number): CommittedGeneration {
    const generation = new CommittedGeneration(number);
    this.#generations.set(keyOf(document, number), generation);
    this.#present.set(document, generation);

    return generation;
  }
}

function keyOf(document: string, generation: number): string {
  return `${document} ${String(generation)}`;
}

function registerOf(document: string): Register {
  const register = findRegister(document.slice(document.indexOf('/') + 1));
  if (register === undefined) throw new Error(`no register for ${document}`);

  return register;
}
