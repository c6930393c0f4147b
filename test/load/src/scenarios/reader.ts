/** Who watches a document: a counter that only counts, or a probe that applies everything to a real Yjs document. */
import * as Y from 'yjs';
import { Sightings, type Ledger } from '../measure/ledger.ts';
import { findLast, parseNote } from '../measure/note.ts';
import type { Connection } from '../wire/connection.ts';

/** Counts frames; when the writers have stopped it looks for their last values. */
export class Counter {
  frames = 0;
  readonly #own: number | undefined;
  readonly #finished = new Set<number>();
  #isClosing = false;

  /** `own`: the writer on the same connection, whom nobody tells what he knows. */
  constructor(connection: Connection, own?: number) {
    this.#own = own;
    connection.listen((frame) => {
      this.take(frame);
    });
  }

  take(frame: Buffer): void {
    this.frames += 1;
    if (!this.#isClosing) return;
    for (const writer of findLast(frame)) this.#finished.add(writer);
  }

  /** Call it before the writers write their last values. */
  awaitLast(): void {
    this.#isClosing = true;
  }

  /** Writers whose last value has not come. */
  missing(writers: readonly number[]): number {
    return writers.filter((writer) => writer !== this.#own && !this.#finished.has(writer)).length;
  }
}

export class Probe {
  readonly counter: Counter;
  readonly sightings: Sightings;
  readonly #own: number | undefined;
  readonly #doc = new Y.Doc();

  constructor(connection: Connection, ledger: Ledger, own?: number) {
    this.#own = own;
    this.counter = new Counter(connection, own);
    this.sightings = new Sightings(ledger);
    const cells = this.#doc.getMap('project');
    Y.applyUpdate(this.#doc, connection.state);
    cells.observe(({ keysChanged }) => {
      const now = performance.now();
      for (const key of keysChanged as Set<string>) {
        const note = noteOf(cells.get(key));
        if (note !== undefined && note.writer !== own) {
          this.sightings.note(note.writer, note.number, now);
        }
      }
    });
    connection.listen((frame) => {
      this.counter.take(frame);
      const update = connection.updateIn(frame);
      if (update !== undefined) Y.applyUpdate(this.#doc, update);
    });
  }

  /** Values that have not come. */
  missing(writers: readonly number[]): number {
    return this.sightings.missing(writers.filter((writer) => writer !== this.#own));
  }
}

function noteOf(value: unknown): ReturnType<typeof parseNote> {
  if (typeof value === 'string') return parseNote(value);
  const { notes } = value as { readonly notes?: unknown };

  return typeof notes === 'string' ? parseNote(notes) : undefined;
}
