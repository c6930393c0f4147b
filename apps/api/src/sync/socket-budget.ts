/**
 * How much one connection, and all connections of one person, may ask of the server. What is over budget is answered
 * `rate.limited` before anything is read, which costs a tenth of the work; what no client of ours could mean ends the
 * connection. Honest work stays far below: a client has 64 updates on their way, a load generator sends 100 a second.
 */
import { rates } from '@lodestone/sync-protocol';
import { TokenBucket, type Allowance } from './token-bucket.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

type Kind = 'frames' | 'wireBytes' | 'garbage' | 'updates' | 'updateBytes' | 'opens' | 'others';

interface Bounds {
  readonly connection: Allowance;
  /** Of all his connections together: so that a hundred of them are not a hundred budgets. */
  readonly person: Allowance;
}

export const bounds = {
  /** More of them ends the connection: answering them would be the damage. */
  frames: { connection: rates.messages, person: { perSecond: 10_000, burst: 100_000 } },
  wireBytes: {
    connection: { perSecond: 16 * MiB, burst: 64 * MiB },
    person: { perSecond: 32 * MiB, burst: 256 * MiB },
  },
  /** A client with a mistake in it learns so from the answers. */
  garbage: { connection: rates.unreadable, person: { perSecond: 40, burst: 800 } },
  updates: { connection: rates.updates, person: { perSecond: 5_000, burst: 50_000 } },
  updateBytes: {
    connection: rates.updateBytes,
    person: { perSecond: 16 * MiB, burst: 128 * MiB },
  },
  opens: { connection: rates.opens, person: { perSecond: 200, burst: 5_000 } },
  others: { connection: rates.others, person: { perSecond: 2_000, burst: 20_000 } },
} as const satisfies Record<Kind, Bounds>;

/** Before a connection has said who it is: one frame to connect with, and what a slow client repeats. */
const anonymousFrames: Allowance = { perSecond: 1, burst: 20 };
const openedBytesAToken = 256 * KiB;
/** Connections of one person at a time: 25 KiB each. A whole load test signs in as one person. */
export const mostConnections = 4_000;
/** Updates of one connection that wait for those before them. */
export const mostWaiting = 8_192;

type Buckets = Readonly<Record<Kind, TokenBucket>>;

function bucketsOf(whose: keyof Bounds, now: number): Buckets {
  const pairs = Object.entries(bounds).map(([kind, bound]) => [
    kind,
    new TokenBucket(bound[whose], now),
  ]);

  return Object.fromEntries(pairs) as Buckets;
}

/** What all connections of a person share. */
export class PersonBudget {
  connections = 0;
  readonly buckets: Buckets;

  constructor(now: number) {
    this.buckets = bucketsOf('person', now);
  }

  isUnused(now: number): boolean {
    return this.connections === 0 && Object.values(this.buckets).every((one) => one.isFull(now));
  }
}

/** One connection's, from its first byte on. */
export class SocketBudget {
  readonly #own: Buckets;
  #anonymous: TokenBucket | undefined;
  #person: PersonBudget | undefined;

  constructor(now: number) {
    this.#own = bucketsOf('connection', now);
    this.#anonymous = new TokenBucket(anonymousFrames, now);
  }

  /** The connection has said who it is. */
  belongTo(person: PersonBudget): void {
    this.#person = person;
    this.#anonymous = undefined;
  }

  /** Called for each frame before it is read; false ends the connection. */
  takeFrame(bytes: number, now: number): boolean {
    if (this.#anonymous?.take(1, now) === false) return false;

    return this.#take('frames', 1, now) && this.#take('wireBytes', bytes, now);
  }

  /** A message that could not be read; false ends the connection. */
  takeGarbage(now: number): boolean {
    return this.#take('garbage', 1, now);
  }

  takeUpdate(bytes: number, now: number): boolean {
    return this.#take('updates', 1, now) && this.#take('updateBytes', bytes, now);
  }

  takeOpen(now: number): boolean {
    return this.#take('opens', 1, now);
  }

  /** What an opening was answered with. */
  chargeOpened(bytes: number, now: number): void {
    const cost = Math.floor(bytes / openedBytesAToken);
    this.#own.opens.charge(cost, now);
    this.#person?.buckets.opens.charge(cost, now);
  }

  takeOther(now: number): boolean {
    return this.#take('others', 1, now);
  }

  #take(kind: Kind, cost: number, now: number): boolean {
    return this.#own[kind].take(cost, now) && (this.#person?.buckets[kind].take(cost, now) ?? true);
  }
}
