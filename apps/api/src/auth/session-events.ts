/** Says what happens to sessions, so that sockets can be closed and the log can be written without `auth` knowing them. */
import { Injectable, Logger } from '@nestjs/common';

import type { PersonId, SessionActor, SessionId } from './person.ts';

/** `replaced`: the same browser signed in again. `timed-out`: its time was over. */
export type SessionEnd = 'signed-out' | 'replaced' | 'timed-out' | 'disabled';

export type SessionEvent =
  | { readonly kind: 'signed-in'; readonly actor: SessionActor; readonly address: string }
  | {
      readonly kind: 'sign-in-refused';
      readonly person: PersonId | undefined;
      readonly address: string;
    }
  | { readonly kind: 'sign-in-throttled'; readonly address: string }
  | {
      readonly kind: 'ended';
      readonly session: SessionId;
      readonly person: PersonId;
      readonly reason: SessionEnd;
    };

type SessionListener = (event: SessionEvent) => void;

@Injectable()
export class SessionEvents {
  readonly #logger = new Logger('SessionEvents');
  readonly #listeners = new Set<SessionListener>();

  /** Returns what ends the subscription. */
  subscribe(listener: SessionListener): () => void {
    this.#listeners.add(listener);

    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** What it reports has been committed; a listener that fails takes nothing back and stops no other. */
  publish(event: SessionEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#logger.error(`a listener failed on ${event.kind}`, error);
      }
    }
  }
}
