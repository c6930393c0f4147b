/**
 * What a room holds of its compartment: the documents that are in use, the channels of those who look at them, and the
 * head up to which both have come. During a turn the documents are ahead of the head; between turns they agree.
 */
import {
  formatDocumentName,
  generationHash,
  type CompartmentId,
  type Register,
} from '@lodestone/document-model';
import { Logger } from '@nestjs/common';
import { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import type {
  AdmittedStep,
  CommittedChange,
  DocumentStore,
  StartedGeneration,
  Turn,
  TurnTransaction,
} from './document-store.ts';
import type { WearLimits } from './generation-wear.ts';
import { LiveDocument } from './live-document.ts';
import type { Head } from './log-entry.ts';

/** Updates after which a document is stored whole, so that loading it does not replay all. */
const snapshotEvery = 500;

export interface CommittedElsewhere {
  readonly steps: readonly AdmittedStep[];
  readonly changes: readonly CommittedChange[];
  readonly head: Head;
}

export class CompartmentMemory {
  readonly #compartment: CompartmentId;
  readonly #store: DocumentStore;
  readonly #clock: Clock;
  readonly #log = new Logger('Room');
  readonly #documents = new Map<string, LiveDocument>();
  readonly #channels = new Map<string, Channel>();
  #head: Head = { seq: 0, frontier: new Uint8Array() };

  constructor(compartment: CompartmentId, store: DocumentStore, clock: Clock) {
    this.#compartment = compartment;
    this.#store = store;
    this.#clock = clock;
  }

  /** As committed, and as far as this memory has come; meaningless while no document is in it. */
  get head(): Head {
    return this.#head;
  }

  get documents(): ReadonlyMap<string, LiveDocument> {
    return this.#documents;
  }

  get channels(): ReadonlyMap<string, Channel> {
    return this.#channels;
  }

  /** The channel of a document; call it after the document was loaded. */
  channelOf(register: Register): Channel {
    let channel = this.#channels.get(register.name);
    if (channel === undefined) {
      channel = new Channel(
        formatDocumentName(this.#compartment, register.name),
        this.#head.seq,
        this.#clock,
      );
      this.#channels.set(register.name, channel);
    }

    return channel;
  }

  async load(register: Register): Promise<LiveDocument> {
    const known = this.#documents.get(register.name);
    if (known !== undefined) return known;
    if (this.#documents.size === 0) await this.#startAtHead();
    const stored = await this.#store.load(this.#compartment, register.name, this.#head.seq);
    const document = new LiveDocument(
      formatDocumentName(this.#compartment, register.name),
      register,
      stored,
    );
    this.#documents.set(register.name, document);

    return document;
  }

  /** The same; where it is not of this generation yet, what others have written is read first. */
  async loadAt(register: Register, generation: number): Promise<LiveDocument> {
    const document = await this.load(register);
    if (document.generation >= generation) return document;
    await this.follow(await this.#store.head(this.#compartment));

    return this.load(register);
  }

  /** Loads it to be edited, with all changes after a sequence: whoever has seen that one learns of what he has not seen. */
  async loadFrom(register: Register, seen: number): Promise<void> {
    const document = await this.load(register);
    document.build();
    const range = { after: seen, upTo: document.changesFrom };
    if (range.after >= range.upTo) return;
    const changes = await this.#store.lastChanges(this.#compartment, register.name, range);
    document.noteOlder(changes, seen);
  }

  /** Whether the document is here with all changes after a sequence. */
  holdsFrom(register: Register, seen: number): boolean {
    const document = this.#documents.get(register.name);

    return document !== undefined && document.changesFrom <= seen;
  }

  /** A turn of this room is committed: what it changed is sent to those who look, but for its authors. */
  commit({ head }: Turn, authors: ReadonlyMap<string, ReadonlySet<string>>): void {
    this.#head = head;
    this.#sendFresh(authors);
    for (const document of this.#documents.values()) {
      if (document.sinceSnapshot >= snapshotEvery) void this.#saveSnapshot(document);
    }
  }

  /** Reads what was committed elsewhere up to a head that somebody has seen. */
  async follow(head: Head): Promise<void> {
    if (this.#documents.size === 0) {
      await this.#startAtHead();

      return;
    }
    // A turn may have gone further since somebody looked at the head.
    const { seq } = this.#head;
    if (head.seq <= seq) return;
    const changes = await this.#store.changesAfter(this.#compartment, seq, head.seq);
    const steps = await this.#store.stepsAfter(this.#compartment, seq, head.seq);
    this.#catchUp({ steps, changes, head });
  }

  /** The same within a transaction that holds the head. */
  async followWithin(transaction: TurnTransaction, head: Head): Promise<void> {
    const { seq } = this.#head;
    if (head.seq <= seq) return;
    const changes = await transaction.changesAfter(seq);
    const steps = await transaction.stepsAfter(seq);
    this.#catchUp({ steps, changes, head });
  }

  /** A document that should go on in a new generation. */
  findWorn(limits: WearLimits): LiveDocument | undefined {
    return [...this.#documents.values()].find((document) => document.isWorn(limits));
  }

  /** A turn of this room has started a generation: its subscribers open the document again. */
  commitGeneration(started: StartedGeneration, next: LiveDocument, head: Head): void {
    this.#enterGeneration(started, next);
    this.#head = head;
  }

  /** What another writer has committed, applied and sent on. */
  #catchUp({ steps, changes, head }: CommittedElsewhere): void {
    for (const register of new Set(steps.map(registerOf))) {
      const own = steps.filter((step) => registerOf(step) === register);
      const live = this.#documents.get(register);
      if (live !== undefined) this.#applySteps(live, own);
      // After a failed turn a document that nobody writes is not read again, but its subscribers are served.
      else for (const step of own) this.#channels.get(register)?.publishStep(step);
    }
    for (const change of changes) this.#documents.get(change.register)?.noteChange(change);
    this.#head = head;
    this.#sendFresh(new Map());
  }

  /** In one go up to the next generation: subscribers are sent what it comes to, not every step. */
  #applySteps(document: LiveDocument, steps: readonly AdmittedStep[]): void {
    let [live, updates]: [LiveDocument, Uint8Array[]] = [document, []];
    for (const step of steps) {
      if ('update' in step) {
        updates.push(step.update);
      } else {
        live.applyAll(updates);
        updates = [];
        live = this.#followGeneration(step, live);
      }
    }
    live.applyAll(updates);
  }

  /** What is in memory may not be what is committed: it is read anew when it is asked for. */
  forget(): void {
    for (const document of this.#documents.values()) document.destroy();
    this.#documents.clear();
  }

  async close(): Promise<void> {
    for (const document of this.#documents.values()) await this.#saveSnapshot(document);
    for (const channel of this.#channels.values()) channel.close();
  }

  #sendFresh(authors: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const [name, document] of this.#documents) {
      const fresh = document.takeFresh();
      if (fresh.length > 0)
        this.#channels.get(name)?.publish(fresh, this.#head.seq, authors.get(name) ?? []);
    }
  }

  /** Another process has started a generation of what this one holds too: it makes the same bytes itself. */
  #followGeneration(started: StartedGeneration, document: LiveDocument): LiveDocument {
    const state = document.encodeNext();
    if (generationHash(state) !== started.start.hash)
      throw new Error(`${document.name}: its records at ${String(started.seq)} are others here`);
    const next = document.goOn(started.start.generation, state);
    this.#enterGeneration(started, next);

    return next;
  }

  #enterGeneration(started: StartedGeneration, next: LiveDocument): void {
    const { name } = next.register;
    const [document, channel] = [this.#documents.get(name), this.#channels.get(name)];
    const fresh = document?.takeFresh() ?? [];
    if (fresh.length > 0) channel?.publish(fresh, started.seq, []);
    channel?.endGeneration(started);
    document?.destroy();
    this.#documents.set(name, next);
  }

  /** With no document in memory: reads the head, and serves subscribers from the log, from where they had been served. */
  async #startAtHead(): Promise<void> {
    const head = await this.#store.head(this.#compartment);
    for (const [register, channel] of this.#channels) {
      if (channel.servedSeq >= head.seq) continue;
      const missed = await this.#store.stepsAfter(this.#compartment, channel.servedSeq, head.seq);
      for (const step of missed)
        if (step.document.endsWith(`/${register}`)) channel.publishStep(step);
    }
    this.#head = head;
  }

  async #saveSnapshot(document: LiveDocument): Promise<void> {
    if (document.sinceSnapshot === 0) return;
    document.sinceSnapshot = 0;
    try {
      await this.#store.saveSnapshot({
        document: document.name,
        generation: document.generation,
        seq: this.#head.seq,
        state: document.encode(),
      });
    } catch (error) {
      this.#log.warn(`${document.name} was not stored whole: ${String(error)}`);
    }
  }
}

function registerOf({ document }: AdmittedStep): string {
  return document.slice(document.indexOf('/') + 1);
}
