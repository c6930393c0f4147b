/** Decides a sign-in: one answer and one timing for every cause of failure. */
import { availableParallelism } from 'node:os';

import { Injectable } from '@nestjs/common';

import { FairQueue, QueueFull } from './fair-queue.ts';
import { PasswordHasher } from './password-hasher.service.ts';
import { type Account, PersonRepository } from './person.repository.ts';
import type { Person } from './person.ts';
import { SessionEvents } from './session-events.ts';
import { type Attempt, networkOf, SignInThrottle } from './sign-in-throttle.service.ts';

/** One processor stays free of hashing, so that a flood of sign-ins does not slow the work of those who are in. */
const CONCURRENCY = Math.min(4, Math.max(1, availableParallelism() - 1));
const BUSY_RETRY_SECONDS = 5;

interface Credentials extends Attempt {
  readonly password: string;
}

export type SignInOutcome =
  | { readonly outcome: 'signed-in'; readonly person: Person }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number };

@Injectable()
export class SignInService {
  readonly #queue = new FairQueue({ concurrency: CONCURRENCY, waiting: 512, waitingPerLane: 256 });

  constructor(
    private readonly people: PersonRepository,
    private readonly hasher: PasswordHasher,
    private readonly throttle: SignInThrottle,
    private readonly events: SessionEvents,
  ) {}

  async attempt(credentials: Credentials): Promise<SignInOutcome> {
    const wait = await this.throttle.wait(credentials);

    if (wait !== undefined) return this.#throttled(credentials, wait);

    try {
      return await this.#queue.run(networkOf(credentials.address), () => this.#decide(credentials));
    } catch (error) {
      if (error instanceof QueueFull) return this.#throttled(credentials, BUSY_RETRY_SECONDS);
      throw error;
    }
  }

  async #decide(credentials: Credentials): Promise<SignInOutcome> {
    // Asked again: others of the same flood may have failed while this one waited.
    const wait = await this.throttle.wait(credentials);

    if (wait !== undefined) return this.#throttled(credentials, wait);

    const account = await this.people.findAccount(credentials.email);
    const matches = await this.hasher.verify(account?.passwordHash, credentials.password);

    if (!account || !matches || account.person.disabled) {
      await this.throttle.failed(credentials);
      this.events.publish({
        kind: 'sign-in-refused',
        person: account?.person.id,
        address: credentials.address,
      });
      return { outcome: 'refused' };
    }

    await this.throttle.succeeded(credentials);
    await this.#renewHash(account, credentials.password);

    return { outcome: 'signed-in', person: account.person };
  }

  #throttled({ address }: Attempt, retryAfterSeconds: number): SignInOutcome {
    this.events.publish({ kind: 'sign-in-throttled', address });

    return { outcome: 'throttled', retryAfterSeconds };
  }

  async #renewHash({ person, passwordHash }: Account, password: string): Promise<void> {
    if (passwordHash === undefined || !this.hasher.isOutdated(passwordHash)) return;

    await this.people.replacePasswordHash(
      person.id,
      passwordHash,
      await this.hasher.hash(password),
    );
  }
}
