/**
 * One compartment's room: a queue, and one turn after the other. A swift turn is made on what this process knows and
 * written by one statement, if nobody else has written and no right has changed; else a locked turn is one transaction
 * behind two locks. What a turn changes is acknowledged and shown after the commit, never before (D1). Whatever else
 * looks at a document (a join, REST, a snapshot) runs between turns, when memory and database agree.
 */
import { Logger } from '@nestjs/common';
import { formatDocumentName, type CompartmentId, type Register } from '@lodestone/document-model';
import type { ConflictEvent, UpdateAnswer } from '@lodestone/sync-protocol';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import { isDatabaseOutage } from '../database/database-outage.ts';
import type { Channel } from './channel.ts';
import { pause, type Clock } from './clock.ts';
import { CompartmentMemory } from './compartment-memory.ts';
import type { DocumentStore, TurnTransaction } from './document-store.ts';
import type { LiveDocument } from './live-document.ts';
import type { Head, LoggedConflict } from './log-entry.ts';
import { wearLimits, type WearLimits } from './generation-wear.ts';
import { prepareTurn, type PreparedTurn } from './prepare-turn.ts';
import { RecentEdits } from './recent-edits.ts';
import { rebase } from './rebase.ts';
import { RefusalLog } from './refusal-log.ts';
import type { SubmittedEdit } from './submitted-edit.ts';
import { isAboutTheUpdate } from './unstorable.ts';
import { paceMs, type TurnWriter } from './turn-writer.ts';

/** After a lost race: while another process writes here too, locking first is cheaper than losing. */
const lockFirstMs = 5_000;
/** A locked turn reads the changed rights; one change seldom comes alone. */
const lockAfterAccessMs = 250;
/** When making a new generation has failed: the old one is as good as it was. */
const rebaseAgainMs = 60_000;
const largestTurn = { updates: 500, bytes: 4 * 1024 * 1024 };
/** How often a turn that cannot be committed is tried before its authors are told; their clients keep the edits. */
const attempts = 4;

interface Dependencies {
  readonly store: DocumentStore;
  readonly access: AccessFacts;
  /** Of all rooms of this process. */
  readonly writer: TurnWriter;
  readonly clock: Clock;
  /** Past which a document goes on in a new generation. */
  readonly wear?: WearLimits;
}

export class Room {
  readonly compartment: CompartmentId;
  readonly #store: DocumentStore;
  readonly #access: AccessFacts;
  readonly #writer: TurnWriter;
  readonly #log = new Logger('Room');
  readonly #clock: Clock;
  readonly #memory: CompartmentMemory;
  readonly #wear: WearLimits;
  /** Refusals that the socket decided are noted here. */
  readonly refusals: RefusalLog;
  readonly #queue: SubmittedEdit[] = [];
  readonly #visits: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  readonly #recent = new RecentEdits();
  /** Edits that were not in the log when it was asked. */
  readonly #lookedUp = new WeakSet<SubmittedEdit>();
  /** Conflicts up to here have been told to whoever looks; undefined while nothing was looked at. */
  #toldUpTo: number | undefined;
  #lastTurn = Number.NEGATIVE_INFINITY;
  #lockFirstUntil = Number.NEGATIVE_INFINITY;
  #rebaseAfter = Number.NEGATIVE_INFINITY;
  /** After a failed turn: so many updates go alone, so that a poison one is found. */
  #alone = 0;
  #failures = 0;
  #closed = false;

  constructor(
    compartment: CompartmentId,
    { store, access, writer, clock, wear = wearLimits }: Dependencies,
  ) {
    this.compartment = compartment;
    this.#store = store;
    this.#access = access;
    this.#writer = writer;
    this.#clock = clock;
    this.#memory = new CompartmentMemory(compartment, store, clock);
    this.#wear = wear;
    this.refusals = new RefusalLog((edit) => {
      this.submit(edit);
    }, clock);
  }

  submit(edit: SubmittedEdit): void {
    this.#queue.push(edit);
    this.#wake();
  }

  /**
   * Runs work between turns, with the document loaded and as committed.
   * @param generation that somebody has heard of, perhaps from another process
   */
  async visit<T>(
    register: Register,
    work: (document: LiveDocument, seq: number) => T | Promise<T>,
    generation = 1,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#visits.push(async () => {
        try {
          const document = await this.#memory.loadAt(register, generation);
          resolve(await work(document, this.#memory.head.seq));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      this.#wake();
    });
  }

  /** The channel of a document; call it from a visit, after the document was loaded. */
  channelOf(register: Register): Channel {
    return this.#memory.channelOf(register);
  }

  /** Catches up with what another node, or a turn of unknown outcome, has written. */
  async followHead(): Promise<void> {
    const { channels, documents } = this.#memory;
    // Records over HTTP are read of documents that no socket looks at.
    if (this.#running !== undefined || channels.size + documents.size === 0) return;
    const head = await this.#store.head(this.compartment);
    if (head.seq <= this.#memory.head.seq && documents.size > 0) return;
    this.#visits.push(() => this.#follow(head));
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.refusals.close();
    await this.#running;
    await this.#memory.close();
  }

  #wake(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
      if (this.#queue.length + this.#visits.length > 0) this.#wake();
    });
  }

  async #run(): Promise<void> {
    while (this.#queue.length + this.#visits.length > 0) {
      for (const visit of this.#visits.splice(0)) await visit();
      this.#tellOfElsewhere();
      if (this.#queue.length === 0) continue;
      if (this.#closed) {
        this.#giveUp(this.#queue.splice(0));
        continue;
      }
      const locked = this.#alone > 0 || this.#clock.elapsed() < this.#lockFirstUntil;
      await (locked ? this.#lockedTurn() : this.#swiftTurn());
      await this.#rebaseWorn();
    }
  }

  #takeBatch(isReady: (edit: SubmittedEdit) => boolean = () => true): readonly SubmittedEdit[] {
    if (this.#alone > 0) {
      this.#alone -= 1;

      return this.#queue.splice(0, 1);
    }
    let [count, bytes] = [0, 0];
    for (const edit of this.#queue) {
      bytes += edit.update.length;
      if (count > 0 && (count >= largestTurn.updates || bytes > largestTurn.bytes)) break;
      if (!isReady(edit)) break;
      count += 1;
    }

    return this.#queue.splice(0, count);
  }

  async #swiftTurn(): Promise<void> {
    let batch: readonly SubmittedEdit[] = [];
    let prepared: PreparedTurn | undefined;
    try {
      await this.#makeReady();
      const outcome = await this.#writer.write({
        prepare: () => {
          const from = this.#memory.head;
          batch = this.#takeBatch((edit) => this.#isReady(edit));
          prepared = this.#prepare(from, batch);

          return { compartment: this.compartment, from, turn: prepared };
        },
      });
      if (outcome === 'written' && prepared !== undefined) {
        this.#failures = 0;
        await this.#publish(prepared);
      } else {
        this.#memory.forget();
        this.#queue.unshift(...batch);
        const lockFirst = outcome === 'access-moved' ? lockAfterAccessMs : lockFirstMs;
        this.#lockFirstUntil = this.#clock.elapsed() + lockFirst;
      }
    } catch (error) {
      await this.#recover(batch, error);
    }
  }

  /** Loads what the waiting edits touch, and looks up those that the log may hold already. */
  async #makeReady(): Promise<void> {
    const waiting = this.#queue.slice(0, largestTurn.updates);
    for (const { register, seen } of waiting) await this.#memory.loadFrom(register, seen);
    const unknown = waiting.filter((edit) => !this.#isKnown(edit));
    await this.#lookUp(unknown);
  }

  async #lookUp(edits: readonly SubmittedEdit[]): Promise<void> {
    const ids = edits.map(({ edit }) => edit).filter((edit) => edit !== null);
    if (ids.length === 0) return;
    const committed = await this.#store.committedEdits(this.compartment, ids);
    for (const [edit, seq] of committed) this.#recent.note(edit, seq);
    for (const edit of edits) this.#lookedUp.add(edit);
  }

  #isReady(edit: SubmittedEdit): boolean {
    return this.#memory.holdsFrom(edit.register, edit.seen) && this.#isKnown(edit);
  }

  /** Whether it is clear if the log holds it. A fresh one that it holds all the same fails the turn, by its unique id. */
  #isKnown(edit: SubmittedEdit): boolean {
    return (
      edit.edit === null ||
      edit.isFresh === true ||
      this.#lookedUp.has(edit) ||
      this.#recent.seqOf(edit.edit) !== undefined
    );
  }

  async #lockedTurn(): Promise<void> {
    const wait = this.#lastTurn + paceMs - this.#clock.elapsed();
    if (wait > 0.3) await pause(this.#clock, wait);
    this.#lastTurn = this.#clock.elapsed();
    const batch = this.#takeBatch();
    try {
      for (const { register, seen } of batch) await this.#memory.loadFrom(register, seen);
      const turn = await this.#store.transact(this.compartment, (transaction) =>
        this.#write(transaction, batch),
      );
      this.#failures = 0;
      await this.#publish(turn);
    } catch (error) {
      await this.#recover(batch, error);
    }
  }

  async #write(
    transaction: TurnTransaction,
    batch: readonly SubmittedEdit[],
  ): Promise<PreparedTurn> {
    await this.#access.refresh(transaction, await transaction.lockAccess());
    const head = await transaction.lockHead();
    await this.#memory.followWithin(transaction, head);
    const edits = batch.map(({ edit }) => edit).filter((edit) => edit !== null);
    for (const [edit, committed] of await transaction.committedEdits(edits))
      this.#recent.note(edit, committed);
    const turn = this.#prepare(head, batch);
    await transaction.append(turn, head);

    return turn;
  }

  #prepare(head: Head, batch: readonly SubmittedEdit[]): PreparedTurn {
    return prepareTurn(head, batch, {
      compartment: this.#facts(),
      access: this.#access,
      documents: this.#memory.documents,
      refusals: this.refusals,
      committedSeq: (edit) => this.#recent.seqOf(edit),
      now: this.#clock.now(),
    });
  }

  #facts(): CompartmentFacts {
    const facts = this.#access.compartment(this.compartment);
    if (facts === undefined) throw new Error(`compartment ${this.compartment} is gone`);

    return facts;
  }

  async #publish(turn: PreparedTurn): Promise<void> {
    this.refusals.settle(turn.refusals);
    const authors = new Map<string, Set<string>>();
    for (const { edit, answer } of turn.settled) {
      if (answer.status === 'known') continue;
      if (answer.status === 'committed' && answer.again !== true) {
        if (edit.edit !== null) this.#recent.note(edit.edit, answer.seq);
        const name = edit.register.name;
        authors.set(name, (authors.get(name) ?? new Set()).add(edit.session.id));
      }
      edit.answer(answer);
    }
    // What others have written before it is told first, and this with it.
    const isNext = this.#toldUpTo === this.#memory.head.seq;
    this.#memory.commit(turn, authors);
    if (isNext) {
      for (const conflict of turn.conflicts) this.#announce(conflict);
      this.#toldUpTo = turn.head.seq;
    }
    this.#tellOfElsewhere();
    const known = turn.settled.filter(({ answer }) => answer.status === 'known');
    for (const { edit } of known) edit.answer(await this.#answerKnown(edit));
  }

  /** A duplicate gets its first number again: by its edit id, or else only if its bytes are the logged ones. */
  async #answerKnown({ edit, register, clientId, update }: SubmittedEdit): Promise<UpdateAnswer> {
    const name = formatDocumentName(this.compartment, register.name);
    const seq =
      edit === null
        ? await this.#store.seqOf(name, clientId, update)
        : (await this.#store.committedEdits(this.compartment, [edit])).get(edit);

    // Known clocks under another edit id, or none: the client's clock chain is not the one we know.
    return seq === undefined ? { status: 'resync' } : { status: 'committed', seq, again: true };
  }

  /** Conflicts that came with what another process has written. Nobody waits for it. */
  #tellOfElsewhere(): void {
    const { head, channels } = this.#memory;
    const from = this.#toldUpTo ?? head.seq;
    this.#toldUpTo = head.seq;
    if (from >= head.seq || channels.size === 0) return;
    const documents = [...channels.keys()].map((register) => `${this.compartment}/${register}`);
    this.#store.conflictsAfter(documents, from, head.seq).then(
      (conflicts) => {
        for (const conflict of conflicts) this.#announce(conflict);
      },
      (error: unknown) => {
        // Whoever opens the document again is told all the same.
        this.#log.warn(`${this.compartment}: conflicts were not told: ${String(error)}`);
      },
    );
  }

  #announce(conflict: LoggedConflict): void {
    const register = conflict.document.slice(conflict.document.indexOf('/') + 1);
    const people = [conflict.kept.person, conflict.other.person];
    this.#memory.channels.get(register)?.notify(people, this.toConflictEvent(conflict));
  }

  toConflictEvent({ document, seq, record, field, kept, other }: LoggedConflict): ConflictEvent {
    const attributed = ({ value, person }: LoggedConflict['kept']) => {
      const facts = this.#access.person(person);

      return { value, user: person, name: facts?.name ?? '', party: facts?.actor.party ?? '' };
    };

    return { document, seq, record, field, kept: attributed(kept), other: attributed(other) };
  }

  async #follow(head: Head): Promise<void> {
    try {
      await this.#memory.follow(head);
    } catch (error) {
      this.#forget('catching up', error);
    }
  }

  /** The commit failed, or nobody knows: memory is dropped, read again from the log, and the edits go again. */
  async #recover(batch: readonly SubmittedEdit[], error: unknown): Promise<void> {
    this.#failures += 1;
    this.#forget('a turn', error);
    const isOutage = isDatabaseOutage(error);
    if (this.#failures < attempts || (!isOutage && batch.length > 1)) {
      this.#queue.unshift(...batch);
      this.#alone += batch.length;
    } else if (isOutage) {
      // The clients keep their edits and send them again.
      this.#giveUp([...batch, ...this.#queue.splice(0)]);
      this.#alone = 0;
    } else {
      // A poison one: those behind it have not failed yet.
      this.#giveUp(batch, isAboutTheUpdate(error) ? unstorable : unavailable);
      this.#failures = 0;
    }
    await pause(this.#clock, Math.min(1_000, 10 * 2 ** this.#failures));
  }

  #giveUp(
    edits: readonly SubmittedEdit[],
    why: typeof unavailable | typeof unstorable = unavailable,
  ): void {
    for (const edit of edits) {
      edit.answer({ status: 'rejected', ...why, changes: [] });
      // The entry holds nothing of the update; where it is the entry that fails, it is not tried again.
      if (why === unstorable && edit.refused === undefined) this.refusals.note(edit, why);
    }
  }

  /** A document that is worn goes on in a new generation, when it has just been written; see generation-wear.ts. */
  async #rebaseWorn(): Promise<void> {
    if (this.#clock.elapsed() < this.#rebaseAfter) return;
    const worn = this.#memory.findWorn(this.#wear);
    if (worn === undefined) return;
    const around = { store: this.#store, access: this.#access, clock: this.#clock };
    try {
      await rebase(worn, { compartment: this.compartment, memory: this.#memory, ...around });
    } catch (error) {
      this.#forget(`re-basing ${worn.name}, a turn`, error);
      this.#rebaseAfter = this.#clock.elapsed() + rebaseAgainMs;
    }
  }

  #forget(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#log.warn(`${what} of ${this.compartment} failed: ${message}`);
    this.#memory.forget();
  }
}

const unstorable = {
  code: 'update.unstorable',
  message: 'The workspace cannot store this edit, now or later. It stays on this device.',
} as const;

const unavailable = {
  code: 'unavailable',
  message: 'The workspace cannot store edits at the moment. Your edit stays on this device.',
} as const;
