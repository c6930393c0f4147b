/** What clients sent, what they were told and what they saw while things broke: held against what the database has. */
import { readLog, type LoggedEdit } from './log-reader.ts';

export interface SentEdit {
  readonly edit: string;
  /** Unique in the whole history, so that a second application of an edit is found by what it wrote. */
  readonly value: string;
  readonly sentAt: number;
  readonly seq?: number;
  /** It was told that it is in, not where: the number is one up to which it is. */
  readonly isUpTo?: boolean;
  readonly acknowledgedAt?: number;
}

export interface HistoryVerdict {
  readonly acknowledged: number;
  /** Acknowledged, and not in the log under the number that was told. */
  readonly lost: readonly string[];
  /** Edits, or values, that are in the log more than once. */
  readonly twice: readonly string[];
  /** Shown to somebody, and not in the log. */
  readonly seenOnly: readonly string[];
  /** What is wrong with the numbers of the log: a gap, or a head that says something else. */
  readonly broken: readonly string[];
  /** Answers that an honest client must not get. */
  readonly surprises: readonly string[];
  /** The names that the records of this history have after the last entry. */
  readonly names: Readonly<Record<string, string>>;
}

/** The verdict on a history in which nothing went wrong. */
export const nothingWrong = { lost: [], twice: [], seenOnly: [], broken: [], surprises: [] };

export class EditHistory {
  readonly #edits = new Map<string, SentEdit>();
  readonly #seen = new Set<string>();
  readonly #surprises: string[] = [];
  #acknowledged = 0;
  #resyncs = 0;

  /** How often an update could not be placed: none where the server forgot nothing and nobody changed his client id. */
  get resyncs(): number {
    return this.#resyncs;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  get sent(): number {
    return this.#edits.size;
  }

  noteSent(edit: string, value: string): void {
    this.#edits.set(edit, { edit, value, sentAt: performance.now() });
  }

  /** Twice is no surprise, the same number twice: an answer may come for each repetition. */
  noteAcknowledged(edit: string, seq: number): void {
    const sent = this.#edits.get(edit);
    if (sent === undefined) {
      this.noteSurprise(`${edit} was acknowledged and never sent`);
    } else if (sent.seq === undefined) {
      this.#acknowledged += 1;
      this.#edits.set(edit, { ...sent, seq, acknowledgedAt: performance.now() });
    } else if (sent.seq !== seq) {
      this.noteSurprise(`${edit} was acknowledged as ${String(sent.seq)} and as ${String(seq)}`);
    }
  }

  /** An editor learns from an opening that an edit is in whose answer was lost: its number is at most this one. */
  noteSettled(edit: string, upTo: number): void {
    this.noteAcknowledged(edit, upTo);
    const sent = this.#edits.get(edit);
    if (sent !== undefined) this.#edits.set(edit, { ...sent, isUpTo: true });
  }

  noteSeen(value: unknown): void {
    if (typeof value === 'string') this.#seen.add(value);
  }

  noteResync(): void {
    this.#resyncs += 1;
  }

  noteSurprise(what: string): void {
    this.#surprises.push(what);
  }

  /** When the first edit was acknowledged that was made after this moment. */
  firstAcknowledgedAfter(moment: number): number | undefined {
    const times = [...this.#edits.values()].flatMap(({ sentAt, acknowledgedAt }) =>
      sentAt >= moment && acknowledgedAt !== undefined ? [acknowledgedAt] : [],
    );

    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Milliseconds from sending to the acknowledgement, of what was sent after this moment. */
  latenciesAfter(moment: number): readonly number[] {
    return [...this.#edits.values()].flatMap(({ sentAt, acknowledgedAt }) =>
      sentAt >= moment && acknowledgedAt !== undefined ? [acknowledgedAt - sentAt] : [],
    );
  }

  /** @param databaseUrl of a role that may read the log: past the product, which may be wrong about itself */
  async check(databaseUrl: string, compartment: string): Promise<HistoryVerdict> {
    const { entries, head } = await readLog(databaseUrl, compartment);
    const logged = new Map(entries.map((entry) => [entry.edit, entry]));
    const own = new Set([...this.#edits.values()].map(({ value }) => value));
    const committed = new Set(entries.flatMap(({ values }) => values));
    const names = entries.flatMap((entry) => entry.names).filter(([, name]) => own.has(name));

    return {
      acknowledged: this.#acknowledged,
      lost: [...this.#edits.values()].flatMap((sent) => findLoss(sent, logged.get(sent.edit))),
      twice: [
        ...repeated(entries.flatMap(({ edit }) => edit ?? [])),
        ...repeated(entries.flatMap(({ values }) => values.filter((value) => own.has(value)))),
      ],
      seenOnly: [...this.#seen].filter((value) => own.has(value) && !committed.has(value)),
      broken: findBreaks(entries, head),
      surprises: this.#surprises,
      names: Object.fromEntries(names),
    };
  }
}

function findLoss(
  { edit, seq, value, isUpTo = false }: SentEdit,
  logged: LoggedEdit | undefined,
): readonly string[] {
  if (seq === undefined) return [];
  if (logged === undefined) return [`${edit} (${String(seq)}) is not in the log`];
  if (isUpTo ? logged.seq > seq : logged.seq !== seq)
    return [`${edit} is ${String(logged.seq)}, not ${String(seq)}`];

  return logged.values.includes(value) ? [] : [`${edit} (${String(seq)}) does not say ${value}`];
}

function repeated(names: readonly string[]): readonly string[] {
  const once = new Set<string>();

  return names.filter((name) => once.size === once.add(name).size);
}

function findBreaks(entries: readonly LoggedEdit[], head: number): readonly string[] {
  const gap = entries.findIndex(({ seq }, index) => seq !== index + 1);

  return [
    ...(gap < 0 ? [] : [`the log has no entry ${String(gap + 1)}`]),
    ...(head === entries.length
      ? []
      : [`the head says ${String(head)}, and there are ${String(entries.length)} entries`]),
  ];
}
