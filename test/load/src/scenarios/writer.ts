/** A person who writes: a real Yjs document with one record of its own, as the product's client writes it. */
import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import type { Ledger } from '../measure/ledger.ts';
import { formatNote } from '../measure/note.ts';
import type { Connection } from '../wire/connection.ts';

/** What became of what was sent. */
export interface Acknowledgements {
  sent: number;
  taken: number;
  refused: number;
  readonly latencies: number[];
}

export class Writer {
  readonly number: number;
  readonly connection: Connection;
  readonly #ledger: Ledger;
  readonly #cells: Y.Map<unknown>;
  readonly #record = randomBytes(16).toString('base64url');

  constructor(connection: Connection, ledger: Ledger, acknowledgements: Acknowledgements) {
    this.connection = connection;
    this.#ledger = ledger;
    this.number = ledger.addWriter();
    const doc = new Y.Doc();
    if (connection.clientId !== undefined) doc.clientID = connection.clientId;
    this.#cells = doc.getMap('project');
    doc.on('update', (update: Uint8Array) => {
      const begun = performance.now();
      acknowledgements.sent += 1;
      void connection.send(update)?.then((isTaken) => {
        acknowledgements.latencies.push(performance.now() - begun);
        if (isTaken) acknowledgements.taken += 1;
        else acknowledgements.refused += 1;
      });
    });
  }

  /** A birth value with its first note, so that readers know the writer from here on. */
  begin(): void {
    this.#cells.set(this.#record, {
      name: `Project of writer ${String(this.number)}`,
      country: 'JPN',
      stage: 'construction',
      parties: ['USA', 'JPN'],
      state: 'candidate',
      notes: this.#note({ isLast: false }),
    });
  }

  write(): void {
    this.#cells.set(`${this.#record}/notes`, this.#note({ isLast: false }));
  }

  finish(): void {
    this.#cells.set(`${this.#record}/notes`, this.#note({ isLast: true }));
  }

  #note(options: { readonly isLast: boolean }): string {
    return formatNote({ writer: this.number, number: this.#ledger.make(this.number) }, options);
  }
}
