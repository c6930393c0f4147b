/**
 * One compartment's room: a queue, one writer, and the documents in memory. A turn is one transaction behind two locks;
 * what it changes is acknowledged and shown after the commit, never before (D1). Whatever else looks at a document
 * (a join, REST, a snapshot) runs between turns, when memory and database agree.
 */
import { Logger } from '@nestjs/common';
import { formatDocumentName, type Register } from '@lodestone/document-model';
import type { ConflictEvent, UpdateAnswer } from '@lodestone/sync-protocol';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import { isDatabaseOutage } from '../database/database-outage.ts';
import { Channel } from './channel.ts';
import type {
  AdmittedUpdate,
  CommittedChange,
  DocumentStore,
  TurnTransaction,
} from './document-store.ts';
import { LiveDocument } from './live-document.ts';
import type { LoggedConflict } from './log-entry.ts';
import { prepareTurn, type PreparedTurn, type Settled } from './prepare-turn.ts';
import type { SubmittedEdit } from './submitted-edit.ts';

/** Turns are at least this far apart, so that a busy room groups its updates. */
const paceMs = 3;
const largestTurn = { updates: 500, bytes: 4 * 1024 * 1024 };
/** Updates after which a document is stored whole, so that loading it does not replay all. */
const snapshotEvery = 500;
/** How often a turn that cannot be committed is tried before its authors are told; their clients keep the edits. */
const attempts = 4;

interface Dependencies {
  readonly store: DocumentStore;
  readonly access: AccessFacts;
}

interface CommittedElsewhere {
  readonly updates: readonly AdmittedUpdate[];
  readonly changes: readonly CommittedChange[];
  readonly seq: number;
}

export class Room {
  readonly compartment: string;
  readonly #store: DocumentStore;
  readonly #access: AccessFacts;
  readonly #log = new Logger('Room');
  readonly #documents = new Map<string, LiveDocument>();
  readonly #channels = new Map<string, Channel>();
  readonly #queue: SubmittedEdit[] = [];
  readonly #visits: (() => Promise<void>)[] = [];
  #seq = 0;
  #running: Promise<void> | undefined;
  #lastTurn = 0;
  /** After a failed turn: so many updates go alone, so that a poison one is found. */
  #alone = 0;
  #failures = 0;
  #closed = false;

  constructor(compartment: string, { store, access }: Dependencies) {
    this.compartment = compartment;
    this.#store = store;
    this.#access = access;
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
          const document = await this.#documentOf(register);
          resolve(await work(document, this.#seq));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      this.#wake();
    });
  }

  /** The channel of a document; call it from a visit, after the document was loaded. */
  channelOf(register: Register): Channel {
    let channel = this.#channels.get(register.name);
    if (channel === undefined) {
      channel = new Channel(`${this.compartment}/${register.name}`, this.#seq);
      this.#channels.set(register.name, channel);
    }

    return channel;
  }

  channels(): Iterable<[string, Channel]> {
    return this.#channels;
  }

  /** Catches up with what another node, or a turn of unknown outcome, has written. */
  async followHead(): Promise<void> {
    if (this.#running !== undefined || this.#channels.size === 0) return;
    const { seq } = await this.#store.head(this.compartment);
    if (seq <= this.#seq && this.#documents.size > 0) return;
    this.#visits.push(() => this.#catchUpTo(seq));
    this.#wake();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
    for (const document of this.#documents.values()) await this.#saveSnapshot(document);
    for (const channel of this.#channels.values()) channel.close();
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
      const wait = this.#lastTurn + paceMs - performance.now();
      if (wait > 0.3) await pause(wait);
      this.#lastTurn = performance.now();
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
      for (const edit of batch) await this.#documentOf(edit.register);
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
    if (head.seq > this.#seq) {
      const changes = await transaction.changesAfter(this.#seq);
      const updates = await transaction.updatesAfter(this.#seq);
      this.#catchUp({ updates, changes, seq: head.seq });
    }
    const edits = batch.map(({ edit }) => edit).filter((edit) => edit !== null);
    const turn = prepareTurn(head, batch, {
      compartment: this.#facts(),
      access: this.#access,
      documents: this.#documents,
      committedEdits: await transaction.committedEdits(edits),
      now: new Date(),
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
    this.#seq = turn.head.seq;
    for (const { edit, answer } of turn.settled) edit.answer(await this.#toAnswer(edit, answer));
    const authors = new Map<string, Set<string>>();
    for (const { edit, answer } of turn.settled) {
      if (answer.status !== 'committed') continue;
      const name = edit.register.name;
      authors.set(name, (authors.get(name) ?? new Set()).add(edit.session.id));
    }
    for (const [name, document] of this.#documents) {
      const fresh = document.takeFresh();
      if (fresh.length > 0)
        this.#channels.get(name)?.publish(fresh, this.#seq, authors.get(name) ?? []);
      if (document.sinceSnapshot >= snapshotEvery) void this.#saveSnapshot(document);
    }
    for (const conflict of turn.conflicts) this.#announce(conflict);
  }

  /** A duplicate gets its first number again, and only if its bytes are the logged ones. */
  async #toAnswer(edit: SubmittedEdit, answer: Settled['answer']): Promise<UpdateAnswer> {
    if (answer.status !== 'known') return answer;
    const name = formatDocumentName(this.#facts().id, edit.register.name);
    const seq = await this.#store.seqOf(name, edit.clientId, edit.update);

    return seq === undefined ? { status: 'resync' } : { status: 'committed', seq };
  }

  #announce(conflict: LoggedConflict): void {
    const register = conflict.document.slice(conflict.document.indexOf('/') + 1);
    const people = [conflict.kept.person, conflict.other.person];
    this.#channels.get(register)?.notify(people, this.toConflictEvent(conflict));
  }

  toConflictEvent({ document, seq, record, field, kept, other }: LoggedConflict): ConflictEvent {
    const attributed = ({ value, person }: LoggedConflict['kept']) => {
      const facts = this.#access.person(person);

      return { value, user: person, name: facts?.name ?? '', party: facts?.actor.party ?? '' };
    };

    return { document, seq, record, field, kept: attributed(kept), other: attributed(other) };
  }

  async #catchUpTo(seq: number): Promise<void> {
    try {
      if (this.#documents.size === 0) await this.#startAtHead();
      // A turn may have gone further since somebody looked at the head.
      else if (seq > this.#seq) {
        const changes = await this.#store.changesAfter(this.compartment, this.#seq, seq);
        const updates = await this.#store.updatesAfter(this.compartment, this.#seq, seq);
        this.#catchUp({ updates, changes, seq });
      }
    } catch (error) {
      this.#forget('catching up', error);
    }
  }

  /** What another writer has committed, applied and sent on. */
  #catchUp({ updates, changes, seq }: CommittedElsewhere): void {
    for (const { document, update } of updates) {
      const register = document.slice(document.indexOf('/') + 1);
      const live = this.#documents.get(register);
      // After a failed turn a document that nobody writes is not read again, but its subscribers are served.
      if (live === undefined) this.#channels.get(register)?.publish([update], seq, []);
      else live.apply(update);
    }
    for (const change of changes) this.#documents.get(change.register)?.noteChange(change);
    this.#seq = seq;
    for (const [name, document] of this.#documents) {
      const fresh = document.takeFresh();
      if (fresh.length > 0) this.#channels.get(name)?.publish(fresh, seq, []);
    }
  }

  async #documentOf(register: Register): Promise<LiveDocument> {
    const known = this.#documents.get(register.name);
    if (known !== undefined) return known;
    if (this.#documents.size === 0) await this.#startAtHead();
    const stored = await this.#store.load(this.compartment, register.name, this.#seq);
    const name = formatDocumentName(this.#facts().id, register.name);
    const document = new LiveDocument(name, register, stored);
    this.#documents.set(register.name, document);

    return document;
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
    await pause(Math.min(1_000, 10 * 2 ** this.#failures));
  }

  #giveUp(edits: readonly SubmittedEdit[]): void {
    for (const edit of edits) edit.answer({ status: 'rejected', ...unavailable, changes: [] });
  }

  /** What is in memory may not be what is committed: it is read anew when it is asked for. */
  #forget(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#log.warn(`${what} of ${this.compartment} failed: ${message}`);
    for (const document of this.#documents.values()) document.destroy();
    this.#documents.clear();
  }

  /** With no document in memory: reads the head, and serves subscribers from the log, from where they had been served. */
  async #startAtHead(): Promise<void> {
    const { seq } = await this.#store.head(this.compartment);
    for (const [register, channel] of this.#channels) {
      if (channel.servedSeq >= seq) continue;
      const missed = await this.#store.updatesAfter(this.compartment, channel.servedSeq, seq);
      const updates = missed.filter(({ document }) => document.endsWith(`/${register}`));
      if (updates.length > 0)
        channel.publish(
          updates.map(({ update }) => update),
          seq,
          [],
        );
    }
    this.#seq = seq;
  }

  async #saveSnapshot(document: LiveDocument): Promise<void> {
    if (document.sinceSnapshot === 0) return;
    document.sinceSnapshot = 0;
    try {
      const { generation } = document;
      await this.#store.saveSnapshot(document.name, {
        generation,
        seq: this.#seq,
        state: document.encode(),
      });
    } catch (error) {
      this.#log.warn(`${document.name} was not stored whole: ${String(error)}`);
    }
  }
}

const unavailable = {
  code: 'unavailable',
  message: 'The workspace cannot store edits at the moment. Your edit stays on this device.',
} as const;

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
