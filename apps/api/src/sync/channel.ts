/** Who looks at a document, and what they are sent: one merged update a tick, encoded once, in order of sequence. */
import type {
  ClosedEvent,
  ConflictEvent,
  PresenceEvent,
  UpdateEvent,
} from '@lodestone/sync-protocol';
import * as Y from 'yjs';
import { systemClock, type Clock } from './clock.ts';
import type { AdmittedStep, StartedGeneration } from './document-store.ts';
import { PresenceBoard } from './presence-board.ts';
import type { SyncSession } from './submitted-edit.ts';

/** The socket, as far as a channel needs it. */
export interface Subscriber {
  readonly session: SyncSession;
  readonly clientId: number;
  send(event: string, body: object): void;
  /** Whether so much waits to be sent to this socket that it is sent no more of what it can have again by opening. */
  isBehind?(): boolean;
}

interface Subscription {
  readonly subscriber: Subscriber;
  /** The last sequence this socket was sent for the document. */
  after: number;
  /** A reader who was behind has missed updates: `told` so, he opens again, and is sent none until then. */
  missed: 'nothing' | 'updates' | 'told';
  /** Who left while this reader was behind; undefined where he was told all of presence. */
  missedGone: Set<string> | undefined;
}

/**
 * A first change is sent at once; then one merged update each interval. Telling everybody takes as long as there are
 * readers, on a slow machine longer: the interval grows so that it takes a fifth of the time, as far as nobody minds.
 */
const shortestTickMs = 12;
const longestTickMs = 30;
const tickPerTelling = 5;
/** Updates that are merged in one go. */
const mergedAtOnce = 64;
/** The author of what was written on another node, or before a restart: no socket here may be left out. */
const elsewhere = '';
/** Yjs's update that says nothing: no items, no deletes. */
const emptyUpdate = Uint8Array.of(0, 0);

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
  #tickMs = shortestTickMs;

  constructor(document: string, seq: number, clock: Clock = systemClock) {
    this.#document = document;
    this.#seq = seq;
    this.#clock = clock;
    this.presence = new PresenceBoard((body) => {
      this.#tellPresence({ document, ...body });
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
    this.#subscriptions.set(subscriber.session.id, {
      ...{ subscriber, after: seq },
      ...{ missed: 'nothing', missedGone: undefined },
    });
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
    // Not in this step: answers leave first, and the next turn is on its way while this one is told to everybody.
    this.#cancelTick = this.#clock.after(Math.max(0, wait), this.flush);
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
    const update = merge(updates);
    const only = authors.size === 1 ? [...authors][0] : undefined;
    // Those who were last sent the same are sent the very same object, which is encoded once.
    const bodies = new Map<number, UpdateEvent>();
    const [document, seq] = [this.#document, this.#seq];
    for (const [session, subscription] of this.#subscriptions) {
      if (session === only) continue;
      if (subscription.missed !== 'nothing') continue;
      if (subscription.subscriber.isBehind?.() === true) {
        subscription.missed = 'updates';
        continue;
      }
      const { after } = subscription;
      const body = bodies.get(after) ?? { document, after, seq, update: toBuffer(update) };
      bodies.set(after, body);
      subscription.after = seq;
      subscription.subscriber.send('update', body);
    }
    const tickMs = (this.#clock.elapsed() - this.#lastFlush) * tickPerTelling;
    this.#tickMs = Math.min(Math.max(tickMs, shortestTickMs), longestTickMs);
  };

  /** The same for a step that was read from the log. */
  publishStep(step: AdmittedStep): void {
    if ('start' in step) this.endGeneration(step);
    else this.publish([step.update], step.seq, []);
  }

  /**
   * The document goes on in another form: whoever looks at it is sent everything up to there, is told, and opens it
   * again. Where people stand is kept: each of them stands again when he has opened, or is gone with his socket.
   */
  endGeneration({ seq, start }: StartedGeneration): void {
    this.flush();
    this.#seq = Math.max(this.#seq, seq);
    const subscriptions = [...this.#subscriptions.values()];
    this.#subscriptions.clear();
    const closed: ClosedEvent = { document: this.#document, code: 'generation', seq, ...start };
    for (const { subscriber } of subscriptions) subscriber.send('closed', closed);
  }

  /** To every socket of these people. */
  notify(people: readonly string[], conflict: ConflictEvent): void {
    for (const { subscriber } of this.#subscriptions.values()) {
      if (people.includes(subscriber.session.person)) subscriber.send('conflict', conflict);
    }
  }

  /** This reader has caught up: what he missed of the updates he gets by opening, of presence now. */
  resume(session: string): void {
    const subscription = this.#subscriptions.get(session);
    if (subscription === undefined) return;
    const { subscriber, missedGone } = subscription;
    const [document, seq] = [this.#document, this.#seq];
    if (subscription.missed === 'updates') {
      subscription.missed = 'told';
      subscriber.send('update', { document, after: seq, seq, update: toBuffer(emptyUpdate) });
    }
    if (missedGone === undefined) return;
    subscription.missedGone = undefined;
    const { people } = this.presence.everyone();
    const gone = [...missedGone].filter((one) => !people.some((person) => person.session === one));
    subscriber.send('presence', { document, people, gone });
  }

  /** Presence is what a reader who is behind does without first. */
  #tellPresence(body: PresenceEvent): void {
    for (const subscription of this.#subscriptions.values()) {
      const { subscriber } = subscription;
      if (subscriber.isBehind?.() === true) subscription.missedGone ??= new Set();
      if (subscription.missedGone === undefined) subscriber.send('presence', body);
      else for (const session of body.gone) subscription.missedGone.add(session);
    }
  }

  subscribers(): Iterable<Subscriber> {
    return [...this.#subscriptions.values()].map(({ subscriber }) => subscriber);
  }

  close(): void {
    this.#cancelTick?.();
    this.presence.close();
  }
}

/** Merging takes the square of their number, so that very many are merged in groups first. */
function merge(updates: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = updates;
  if (only !== undefined && others.length === 0) return only;
  if (updates.length <= mergedAtOnce) return Y.mergeUpdates([...updates]);
  const groups = Array.from({ length: Math.ceil(updates.length / mergedAtOnce) }, (_, index) =>
    merge(updates.slice(index * mergedAtOnce, (index + 1) * mergedAtOnce)),
  );

  return merge(groups);
}

/** The message codec writes Buffers as raw bytes without copying. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
