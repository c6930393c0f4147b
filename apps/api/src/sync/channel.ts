/** Who looks at a document, and what they are sent: one merged update a tick, encoded once, in order of sequence. */
import type { ConflictEvent, UpdateEvent } from '@lodestone/sync-protocol';
import * as Y from 'yjs';
import { systemClock, type Clock } from './clock.ts';
import { PresenceBoard } from './presence-board.ts';
import type { SyncSession } from './submitted-edit.ts';

/** The socket, as far as a channel needs it. */
export interface Subscriber {
  readonly session: SyncSession;
  readonly clientId: number;
  send(event: string, body: object): void;
}

interface Subscription {
  readonly subscriber: Subscriber;
  /** The last sequence this socket was sent for the document. */
  after: number;
}

/** A first change is sent at once; then one merged update each interval, a little longer under load. */
const quietTickMs = 12;
const busyTickMs = 16;
/** Updates in one tick from which the room counts as busy: 300 a second. */
const busyUpdates = 4;
/** The author of what was written on another node, or before a restart: no socket here may be left out. */
const elsewhere = '';

export class Channel {
  readonly presence: PresenceBoard;
  readonly #document: string;
  readonly #subscriptions = new Map<string, Subscription>();
  #updates: Uint8Array[] = [];
  #authors = new Set<string>();
  #seq: number;
  readonly #clock: Clock;
  #cancelTick: (() => void) | undefined;
  #lastFlush = Number.NEGATIVE_INFINITY;
  #tickMs = quietTickMs;

  constructor(document: string, seq: number, clock: Clock = systemClock) {
    this.#document = document;
    this.#seq = seq;
    this.#clock = clock;
    this.presence = new PresenceBoard((body) => {
      this.broadcast('presence', { document, ...body });
    }, clock);
  }

  /** What has been handed to the subscribers, or is about to be at the next tick. */
  get servedSeq(): number {
    return this.#seq;
  }

  get isEmpty(): boolean {
    return this.#subscriptions.size === 0;
  }

  /** The socket has just been given the document as of `seq`. */
  subscribe(subscriber: Subscriber, seq: number): void {
    this.#subscriptions.set(subscriber.session.id, { subscriber, after: seq });
  }

  unsubscribe(session: string): void {
    this.#subscriptions.delete(session);
    this.presence.leave(session);
  }

  /** The last sequence a socket was sent: what its author has seen, where he does not say. */
  sentTo(session: string): number | undefined {
    return this.#subscriptions.get(session)?.after;
  }

  holdsClientId(clientId: number): boolean {
    return [...this.#subscriptions.values()].some(
      ({ subscriber }) => subscriber.clientId === clientId,
    );
  }

  /**
   * Committed updates, to be sent with the next tick.
   * @param authors the sockets whose edits they are; empty where they were not written here.
   */
  publish(updates: readonly Uint8Array[], seq: number, authors: Iterable<string>): void {
    this.#updates.push(...updates);
    const [first = elsewhere, ...others] = authors;
    for (const author of [first, ...others]) this.#authors.add(author);
    this.#seq = seq;
    if (this.#cancelTick !== undefined) return;
    const wait = this.#lastFlush + this.#tickMs - this.#clock.elapsed();
    if (wait <= 0) this.flush();
    else this.#cancelTick = this.#clock.after(wait, this.flush);
  }

  /** Sends what is waiting; before a join, so that nobody is sent an update he already holds. */
  readonly flush = (): void => {
    this.#cancelTick?.();
    this.#cancelTick = undefined;
    this.#lastFlush = this.#clock.elapsed();
    const [updates, authors] = [this.#updates, this.#authors];
    this.#updates = [];
    this.#authors = new Set();
    if (updates.length === 0) return;
    this.#tickMs = updates.length > busyUpdates ? busyTickMs : quietTickMs;
    const update = updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates);
    const only = authors.size === 1 ? [...authors][0] : undefined;
    // Those who were last sent the same are sent the very same object, which is encoded once.
    const bodies = new Map<number, UpdateEvent>();
    const [document, seq] = [this.#document, this.#seq];
    for (const [session, subscription] of this.#subscriptions) {
      if (session === only) continue;
      const { after } = subscription;
      const body = bodies.get(after) ?? { document, after, seq, update: toBuffer(update) };
      bodies.set(after, body);
      subscription.after = seq;
      subscription.subscriber.send('update', body);
    }
  };

  /** To every socket of these people. */
  notify(people: readonly string[], conflict: ConflictEvent): void {
    for (const { subscriber } of this.#subscriptions.values()) {
      if (people.includes(subscriber.session.person)) subscriber.send('conflict', conflict);
    }
  }

  broadcast(event: string, body: object): void {
    for (const { subscriber } of this.#subscriptions.values()) subscriber.send(event, body);
  }

  subscribers(): Iterable<Subscriber> {
    return [...this.#subscriptions.values()].map(({ subscriber }) => subscriber);
  }

  close(): void {
    this.#cancelTick?.();
    this.presence.close();
  }
}

/** The message codec writes Buffers as raw bytes without copying. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
