/** Cells that the reader and another person changed at the same time, over all open documents, until he has chosen. */
import { parseDocumentName, sameValue, type RecordId, type Value } from '@lodestone/document-model';
import type { AttributedValue, ConflictEvent } from '@lodestone/sync-protocol';
import type { HandledConflicts } from './handled-conflicts.ts';
import { Listeners } from './listeners.ts';
import type { CellConflict, ConflictSide } from './workspace-port.ts';

/** A document, as far as its conflicts go. */
export interface ConflictSource {
  readonly name: string;
  readonly conflicts: readonly ConflictEvent[];
  onConflicts(listener: () => void): () => void;
  markRead(seq: number): void;
}

export class CellConflicts {
  readonly #person: string;
  readonly #handled: HandledConflicts;
  readonly #sources = new Set<ConflictSource>();
  readonly #listeners = new Listeners();
  readonly #ends: (() => void)[] = [];
  #all: readonly CellConflict[] = [];

  constructor(person: string, handled: HandledConflicts) {
    this.#person = person;
    this.#handled = handled;
    this.#ends.push(
      handled.subscribe(() => {
        this.#read();
      }),
    );
  }

  /** Oldest first, one for each cell; the same array until it changes. */
  get all(): readonly CellConflict[] {
    return this.#all;
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  follow(source: ConflictSource): void {
    this.#sources.add(source);
    this.#ends.push(
      source.onConflicts(() => {
        this.#read();
      }),
    );
    this.#read();
  }

  /** The reader has chosen: this conflict and the earlier ones of its cell need nothing more. */
  handle({ document, record, cell, seq }: CellConflict): void {
    const source = [...this.#sources].find(({ name }) => name === document);
    const settled = (source?.conflicts ?? [])
      .filter((one) => one.record === record && one.field === cell && one.seq <= seq)
      .map(idOf);
    this.#handled.add([...settled, idOf({ document, record, field: cell, seq })]);
  }

  close(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#sources.clear();
  }

  #read(): void {
    const byCell = new Map<string, CellConflict>();
    for (const source of this.#sources) {
      this.#tellHandled(source);
      for (const event of source.conflicts) {
        const conflict = this.#toCellConflict(event);
        if (conflict === undefined || this.#isSettled(event)) continue;
        // The newest of a cell says what its author has to know.
        byCell.set(`${event.document} ${event.record} ${event.field}`, conflict);
      }
    }
    const next = [...byCell.values()].sort((a, b) => a.seq - b.seq);
    if (next.map(({ id }) => id).join('\n') === this.#all.map(({ id }) => id).join('\n')) return;
    this.#all = next;
    this.#listeners.notify();
  }

  /** The server is told up to the last one before which nothing is open. */
  #tellHandled(source: ConflictSource): void {
    const open = source.conflicts.find((event) => !this.#isSettled(event));
    const settled = source.conflicts.filter(({ seq }) => seq < (open?.seq ?? Infinity));
    const last = settled.at(-1);
    if (last !== undefined) source.markRead(last.seq);
  }

  /** Two who wrote the same have nothing to choose. */
  #isSettled(event: ConflictEvent): boolean {
    return this.#handled.has(idOf(event)) || sameValue(event.kept.value, event.other.value);
  }

  #toCellConflict(event: ConflictEvent): CellConflict | undefined {
    const { document, seq, record, field: cell, kept, other } = event;
    const name = parseDocumentName(document);
    const [field = '', element] = cell.split('/');
    if (name === undefined) return undefined;
    const [mine, theirs] = kept.user === this.#person ? [kept, other] : [other, kept];

    return {
      id: idOf(event),
      ...{ document, compartment: name.compartment, register: name.register },
      ...{ record: record as RecordId, cell, field, seq },
      ...(element !== undefined && { element }),
      mine: sideOf(mine),
      theirs: sideOf(theirs),
    };
  }
}

function sideOf({ value, user, name = '', party = '' }: AttributedValue): ConflictSide {
  return { value: value as Value, person: user, name, party };
}

function idOf({
  document,
  seq,
  record,
  field,
}: Pick<ConflictEvent, 'document' | 'seq' | 'record' | 'field'>): string {
  return `${document} ${String(seq)} ${record} ${field}`;
}
