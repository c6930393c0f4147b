/**
 * One compartment's room: a queue and one writer. A turn is one transaction behind two locks; what it changes is
 * acknowledged and shown after the commit, never before (D1). Whatever else looks at a document (a join, REST, a
 * snapshot) runs between turns, when memory and database agree.
 */
import { Logger } from '@nestjs/common';
import { formatDocumentName, type CompartmentId, type Register } from '@lodestone/document-model';
import type { ConflictEvent, UpdateAnswer } from '@lodestone/sync-protocol';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import { isDatabaseOutage } from '../database/database-outage.ts';
import type { Channel } from './channel.ts';
import { pause, systemClock, type Clock } from './clock.ts';
import { CompartmentMemory } from './compartment-memory.ts';
import type { DocumentStore, TurnTransaction } from './document-store.ts';
import type { LiveDocument } from './live-document.ts';
import type { Head, LoggedConflict } from './log-entry.ts';
import { prepareTurn, type PreparedTurn, type Settled } from './prepare-turn.ts';
import type { SubmittedEdit } from './submitted-edit.ts';

/** Turns are at least this far apart, so that a busy room groups its updates. */
const paceMs = 3;
const largestTurn = { updates: 500, bytes: 4 * 1024 * 1024 };
/** How often a turn that cannot be committed is tried before its authors are told; their clients keep the edits. */
const attempts = 4;

interface Dependencies {
  readonly store: DocumentStore;
  readonly access: AccessFacts;
  readonly clock?: Clock;
}

export class Room {
  readonly compartment: CompartmentId;
  readonly #store: DocumentStore;
  readonly #access: AccessFacts;
  readonly #log = new Logger('Room');
  readonly #clock: Clock;
  readonly #memory: CompartmentMemory;
  readonly #queue: SubmittedEdit[] = [];
  readonly #visits: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  #lastTurn = Number.NEGATIVE_INFINITY;
  /** After a failed turn: so many updates go alone, so that a poison one is found. */
  #alone = 0;
  #failures = 0;
  #closed = false;

  constructor(compartment: CompartmentId, { store, access, clock = systemClock }: Dependencies) {
    this.compartment = compartment;
    this.#store = store;
    this.#access = access;
    this.#clock = clock;
    this.#memory = new CompartmentMemory(compartment, store, clock);
  }

  submit(edit: SubmittedEdit): void {
    this.#queue.push(edit);
    this.#wake();
  }

  /** Runs work between turns, with the document loaded and as committed. */
  async visit<T>(
    register: Register,
    work: (document: LiveDocument, seq: number) => T | Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#visits.push(async () => {
        try {
          const document = await this.#memory.load(register);
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
    if (this.#running !== undefined || channels.size === 0) return;
    const head = await this.#store.head(this.compartment);
    if (head.seq <= this.#memory.head.seq && documents.size > 0) return;
    this.#visits.push(() => this.#follow(head));
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
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
      if (this.#queue.length === 0) continue;
      if (this.#closed) {
        this.#giveUp(this.#queue.splice(0));
        continue;
      }
      const wait = this.#lastTurn + paceMs - this.#clock.elapsed();
      if (wait > 0.3) await pause(this.#clock, wait);
      this.#lastTurn = this.#clock.elapsed();
      await this.#turn(this.#takeBatch());
    }
  }

  #takeBatch(): readonly SubmittedEdit[] {
    if (this.#alone > 0) {
      this.#alone -= 1;

      return this.#queue.splice(0, 1);
    }
    let [count, bytes] = [0, 0];
    for (const edit of this.#queue) {
      bytes += edit.update.length;
      if (count > 0 && (count >= largestTurn.updates || bytes > largestTurn.bytes)) break;
      count += 1;
    }

    return this.#queue.splice(0, count);
  }

  async #turn(batch: readonly SubmittedEdit[]): Promise<void> {
    try {
      for (const { register } of batch) await this.#memory.load(register);
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
    const { seq } = this.#memory.head;
    if (head.seq > seq) {
      const changes = await transaction.changesAfter(seq);
      const updates = await transaction.updatesAfter(seq);
      this.#memory.catchUp({ updates, changes, head });
    }
    const edits = batch.map(({ edit }) => edit).filter((edit) => edit !== null);
    const turn = prepareTurn(head, batch, {
      compartment: this.#facts(),
      access: this.#access,
      documents: this.#memory.documents,
      committedEdits: await transaction.committedEdits(edits),
      now: this.#clock.now(),
    });
    await transaction.append(turn);

    return turn;
  }

  #facts(): CompartmentFacts {
    const facts = this.#access.compartment(this.compartment);
    if (facts === undefined) throw new Error(`compartment ${this.compartment} is gone`);

    return facts;
  }

  async #publish(turn: PreparedTurn): Promise<void> {
    for (const { edit, answer } of turn.settled) edit.answer(await this.#toAnswer(edit, answer));
    const authors = new Map<string, Set<string>>();
    for (const { edit, answer } of turn.settled) {
      if (answer.status !== 'committed') continue;
      const name = edit.register.name;
      authors.set(name, (authors.get(name) ?? new Set()).add(edit.session.id));
    }
    this.#memory.commit(turn, authors);
    for (const conflict of turn.conflicts) this.#announce(conflict);
  }

  /** A duplicate gets its first number again, and only if its bytes are the logged ones. */
  async #toAnswer(edit: SubmittedEdit, answer: Settled['answer']): Promise<UpdateAnswer> {
    if (answer.status !== 'known') return answer;
    const name = formatDocumentName(this.compartment, edit.register.name);
    const seq = await this.#store.seqOf(name, edit.clientId, edit.update);

    return seq === undefined ? { status: 'resync' } : { status: 'committed', seq };
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
      this.#giveUp(batch);
      this.#failures = 0;
    }
    await pause(this.#clock, Math.min(1_000, 10 * 2 ** this.#failures));
  }

  #giveUp(edits: readonly SubmittedEdit[]): void {
    for (const edit of edits) edit.answer({ status: 'rejected', ...unavailable, changes: [] });
  }

  #forget(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#log.warn(`${what} of ${this.compartment} failed: ${message}`);
    this.#memory.forget();
  }
}

const unavailable = {
  code: 'unavailable',
  message: 'The workspace cannot store edits at the moment. Your edit stays on this device.',
} as const;
