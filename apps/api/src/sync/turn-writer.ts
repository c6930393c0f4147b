/**
 * Writes the turns of this process's rooms: those that are ready share one statement and one commit. A room is asked for
 * its turn only when the statement is about to leave, so the busier the database, the larger the turns.
 */
import type { Clock } from './clock.ts';
import type { CompartmentTurn, DocumentStore } from './document-store.ts';

/** Turns are at least this far apart, so that a busy room groups its updates. More is felt by the author. */
export const paceMs = 3;
/** Of one statement; the rooms that do not fit go with the next one. */
const mostEntries = 1_000;
const mostRooms = 64;

export type TurnOutcome = 'written' | 'head-moved' | 'access-moved';

/** A room that is ready to write. */
export interface TurnSource {
  /** The synchronous step. From here until the outcome is known, its documents are ahead of the database. */
  prepare(): CompartmentTurn;
}

interface Waiting {
  readonly source: TurnSource;
  readonly resolve: (outcome: TurnOutcome) => void;
  readonly reject: (error: unknown) => void;
}

interface Prepared extends Waiting {
  readonly turn: CompartmentTurn;
}

interface Dependencies {
  readonly store: Pick<DocumentStore, 'append'>;
  /** The version of the rights that turns are prepared by. */
  readonly access: { readonly version: number };
  readonly clock: Clock;
}

export class TurnWriter {
  readonly #store: Dependencies['store'];
  readonly #access: Dependencies['access'];
  readonly #clock: Clock;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;
  #lastStart = Number.NEGATIVE_INFINITY;

  constructor({ store, access, clock }: Dependencies) {
    this.#store = store;
    this.#access = access;
    this.#clock = clock;
  }

  /** Rejects where it is not known whether the turn was written; then the room must read what is so. */
  write(source: TurnSource): Promise<TurnOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ source, resolve, reject });
      this.#leave();
    });
  }

  #leave(): void {
    if (this.#isBusy || this.#waiting.length === 0) return;
    this.#isBusy = true;
    const wait = this.#lastStart + paceMs - this.#clock.elapsed();
    if (wait > 0.3) this.#clock.after(wait, this.#start);
    else this.#start();
  }

  readonly #start = (): void => {
    this.#lastStart = this.#clock.elapsed();
    const prepared = this.#prepare();
    void this.#append(prepared).finally(() => {
      this.#isBusy = false;
      this.#leave();
    });
  };

  #prepare(): readonly Prepared[] {
    const prepared: Prepared[] = [];
    let entries = 0;
    while (this.#waiting.length > 0 && entries < mostEntries && prepared.length < mostRooms) {
      const [waiting] = this.#waiting.splice(0, 1) as [Waiting];
      try {
        const turn = waiting.source.prepare();
        entries += turn.turn.entries.length;
        // Repetitions alone change nothing.
        if (turn.turn.entries.length === 0) waiting.resolve('written');
        else prepared.push({ ...waiting, turn });
      } catch (error) {
        waiting.reject(error);
      }
    }

    return prepared;
  }

  async #append(prepared: readonly Prepared[]): Promise<void> {
    if (prepared.length === 0) return;
    const turns = prepared.map(({ turn }) => turn);
    try {
      const appended = await this.#store.append(turns, this.#access.version);
      for (const { turn, resolve } of prepared) {
        if (appended.outcome === 'access-moved') resolve('access-moved');
        else resolve(appended.compartments.has(turn.compartment) ? 'written' : 'head-moved');
      }
    } catch (error) {
      for (const { reject } of prepared) reject(error);
    }
  }
}
