/** Slows guessing without locking anybody out: what is counted are failures, by account and address together. */
import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';

import { normalizeEmail } from './person.repository.ts';

const MINUTE_SECONDS = 60;

/** Failures that one address may have, over all accounts: enough for a ministry behind one address. */
const PER_ADDRESS = 100;
/** Failures that one address may have with one account. */
const PER_PAIR = 10;
/** ... and from when on the account is being guessed at from many addresses. */
const PER_PAIR_UNDER_ATTACK = 2;
const ATTACK = 30;

export interface Attempt {
  readonly email: string;
  readonly address: string;
}

@Injectable()
export class SignInThrottle {
  readonly #byAddress = failures(15 * MINUTE_SECONDS);
  readonly #byPair = failures(15 * MINUTE_SECONDS);
  readonly #byAccount = failures(60 * MINUTE_SECONDS);

  /**
   * Seconds to wait before this attempt may be made, or undefined. An account under attack from elsewhere is open to
   * the first attempts of any other address, so its owner still gets in.
   */
  async wait(attempt: Attempt): Promise<number | undefined> {
    const { address, pair, account } = keysOf(attempt);
    const [ofAddress, ofPair, ofAccount] = await Promise.all([
      this.#byAddress.get(address),
      this.#byPair.get(pair),
      this.#byAccount.get(account),
    ]);
    const isUnderAttack = (ofAccount?.consumedPoints ?? 0) >= ATTACK;
    const waits = [
      { found: ofAddress, limit: PER_ADDRESS },
      { found: ofPair, limit: isUnderAttack ? PER_PAIR_UNDER_ATTACK : PER_PAIR },
    ].flatMap(({ found, limit }) =>
      found && found.consumedPoints >= limit ? [found.msBeforeNext / 1000] : [],
    );

    return waits.length === 0 ? undefined : Math.ceil(Math.max(...waits));
  }

  async failed(attempt: Attempt): Promise<void> {
    const { address, pair, account } = keysOf(attempt);

    await Promise.all([
      this.#byAddress.penalty(address),
      this.#byPair.penalty(pair),
      this.#byAccount.penalty(account),
    ]);
  }

  /** Forgets this address's failures with this account alone: one's own account must not pay for guessing at others. */
  async succeeded(attempt: Attempt): Promise<void> {
    await this.#byPair.delete(keysOf(attempt).pair);
  }
}

/** A network gives each of its members 2^64 addresses of IPv6: they count as one. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];

  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;

  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing =
    tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const all = [...groups, ...Array<string>(missing).fill('0'), ...(tail?.split(':') ?? [])];

  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`;
}

function keysOf({ email, address }: Attempt) {
  const network = networkOf(address);
  // Hashed, so that what is kept is small and holds nobody's address in clear.
  const account = createHash('sha256').update(normalizeEmail(email)).digest('base64');

  return { address: network, account, pair: `${account} ${network}` };
}

/** Counts only; the limits are ours, since they depend on each other. */
function failures(seconds: number): RateLimiterMemory {
  return new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: seconds });
}
