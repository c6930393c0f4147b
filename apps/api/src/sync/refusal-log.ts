/**
 * Which refusals stand in a compartment's log one by one, and which are only counted: of one session twenty a second,
 * and then one entry that counts the rest, so that whoever floods the workspace does not flood its log.
 */
import type { RejectionCode } from '@lodestone/sync-protocol';
import type { Clock } from './clock.ts';
import type { SubmittedEdit } from './submitted-edit.ts';

export const refusalsPerSecond = 20;

/** The refusals of one session in one second. */
interface Window {
  readonly second: number;
  /** Any edit of that session: for whose refusals these are, and where. */
  readonly edit: SubmittedEdit;
  written: number;
  readonly counted: Map<RejectionCode, number>;
}

/** What one entry says of the refusals that have none of their own. */
export interface CountedRefusals {
  readonly edit: SubmittedEdit;
  /** The second they were in. */
  readonly since: Date;
  readonly counts: readonly { readonly code: RejectionCode; readonly count: number }[];
}

interface DueWindow extends CountedRefusals {
  readonly key: string;
}

export class RefusalLog {
  readonly #windows = new Map<string, Window>();
  readonly #submit: (edit: SubmittedEdit) => void;
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;
  #closed = false;

  /** @param submit hands an edit that is only to be written down to the room */
  constructor(submit: (edit: SubmittedEdit) => void, clock: Clock) {
    this.#submit = submit;
    this.#clock = clock;
  }

  /** A refusal that no turn decided: the socket did, or the database. */
  note(
    edit: SubmittedEdit,
    refusal: { readonly code: RejectionCode; readonly message: string },
  ): void {
    const window = this.#windowAt(edit, this.#clock.now().getTime());
    if (window.written < refusalsPerSecond) {
      window.written += 1;
      this.#submit({ ...edit, ...toNote, refused: refusal });
    } else {
      add(window.counted, refusal.code, 1);
      this.#watch();
    }
  }

  /** For one turn, which may fail and be tried again: nothing counts before `settle`. */
  draft(now: Date): RefusalDraft {
    return new RefusalDraft(this.#windows, now.getTime());
  }

  /** The turn is committed. */
  settle(draft: RefusalDraft): void {
    for (const { edit, written, counted } of draft.added()) {
      const window = this.#windowAt(edit, draft.now);
      window.written += written;
      for (const [code, count] of counted) add(window.counted, code, count);
    }
    for (const { key, counts } of draft.told) {
      const window = this.#windows.get(key);
      for (const { code, count } of counts) if (window) add(window.counted, code, -count);
    }
    this.#watch();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
  }

  #windowAt(edit: SubmittedEdit, now: number): Window {
    const second = Math.floor(now / 1000);
    const key = keyOf(edit, second);
    let window = this.#windows.get(key);
    if (window === undefined) {
      window = { second, edit: { ...edit, ...toNote }, written: 0, counted: new Map() };
      this.#windows.set(key, window);
      this.#watch();
    }

    return window;
  }

  /** Counts are written with the next turn after their second, or else by a turn of their own. */
  #watch(): void {
    if (this.#closed || this.#cancel !== undefined || this.#windows.size === 0) return;
    this.#cancel = this.#clock.after(1_000, () => {
      this.#cancel = undefined;
      const second = Math.floor(this.#clock.now().getTime() / 1000);
      const due = new Map<string, SubmittedEdit>();
      for (const [key, window] of this.#windows) {
        if (window.second >= second) continue;
        if (window.counted.size === 0) this.#windows.delete(key);
        else due.set(window.edit.register.name, window.edit);
      }
      // One for each document: a turn has the documents of its edits at hand.
      for (const edit of due.values()) this.#submit({ ...edit, refused: 'counted' });
      this.#watch();
    });
  }
}

/** What one turn adds. */
export class RefusalDraft {
  readonly now: number;
  /** The counts that this turn writes. */
  readonly told: DueWindow[] = [];
  readonly #windows: ReadonlyMap<string, Window>;
  readonly #added = new Map<string, Omit<Window, 'second'>>();

  constructor(windows: ReadonlyMap<string, Window>, now: number) {
    this.#windows = windows;
    this.now = now;
  }

  /** Whether this refusal has an entry of its own; otherwise it is counted. */
  admits(edit: SubmittedEdit, code: RejectionCode): boolean {
    const key = keyOf(edit, Math.floor(this.now / 1000));
    let added = this.#added.get(key);
    if (added === undefined) {
      added = { edit, written: 0, counted: new Map() };
      this.#added.set(key, added);
    }
    if ((this.#windows.get(key)?.written ?? 0) + added.written < refusalsPerSecond) {
      added.written += 1;

      return true;
    }
    add(added.counted, code, 1);

    return false;
  }

  /** Counts of seconds that are over, to be written now; those of documents that are not at hand have to wait. */
  *due(isAtHand: (register: string) => boolean): Iterable<CountedRefusals> {
    if (this.#windows.size === 0) return;
    const second = Math.floor(this.now / 1000);
    for (const [key, { edit, counted, ...window }] of this.#windows) {
      if (window.second >= second || counted.size === 0 || !isAtHand(edit.register.name)) continue;
      const counts = [...counted].map(([code, count]) => ({ code, count }));
      const due = { key, edit, since: new Date(window.second * 1000), counts };
      this.told.push(due);
      yield due;
    }
  }

  added(): Iterable<Omit<Window, 'second'>> {
    return this.#added.values();
  }
}

/** Nothing of the edit but whose it was and where. */
const toNote = { update: new Uint8Array(), answer: () => undefined } as const;

function keyOf({ session }: SubmittedEdit, second: number): string {
  return `${session.session} ${String(second)}`;
}

/** What comes to nothing is forgotten. */
function add(counts: Map<RejectionCode, number>, code: RejectionCode, count: number): void {
  const sum = (counts.get(code) ?? 0) + count;
  if (sum === 0) counts.delete(code);
  else counts.set(code, sum);
}
