/** Who is signed in. The one place that knows; screens subscribe to it, and everything about sessions goes through it. */
import type { Language } from '@lodestone/api-contract';
import type { Answer, ApiClient, Me } from './api-client.ts';

export type Session =
  /** The first question to the server is on its way. */
  | { readonly status: 'restoring' }
  /** The server has not answered it; nothing is known. */
  | { readonly status: 'unreachable' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly me: Me }
  /** The server ended the session while the person worked: the screens stay until he signs in again. */
  | { readonly status: 'ended'; readonly me: Me };

export type SignInOutcome =
  | { readonly outcome: 'signed-in' }
  /** One outcome for every cause, as the server has one message for all of them. */
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'second-factor' }
  | { readonly outcome: 'throttled'; readonly retryAfterSeconds: number | undefined }
  /** The page was opened under an address that the server does not accept. */
  | { readonly outcome: 'wrong-address' }
  /** The server is there and cannot serve. */
  | { readonly outcome: 'unavailable' }
  | { readonly outcome: 'unreachable' };

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

export class SessionStore {
  #session: Session = { status: 'restoring' };
  readonly #listeners = new Set<() => void>();
  readonly #api: ApiClient;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  readonly get = (): Session => this.#session;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);

    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Asks the server who this browser is. */
  async restore(): Promise<void> {
    this.#become({ status: 'restoring' });
    const answer = await this.#api.me();
    this.#become(sessionFrom(answer));
  }

  async signIn(credentials: Credentials): Promise<SignInOutcome> {
    const answer = await this.#api.signIn(credentials);
    if (answer.outcome !== 'answered') return refusalFrom(answer);
    const me = await this.#api.me();
    if (me.outcome !== 'answered') return refusalFrom(me);
    this.#become({ status: 'signed-in', me: me.value });

    return { outcome: 'signed-in' };
  }

  /**
   * False where the server could not be told: the session is then still open there, and nothing was done.
   * @param tidyUp what has to happen on this device once the screens have gone: they would open again what it closes
   */
  async signOut(tidyUp: () => Promise<void>): Promise<boolean> {
    const answer = await this.#api.signOut();
    const isGone = answer.outcome === 'answered' || endsSession(answer);
    if (!isGone) return false;
    this.#become({ status: 'signed-out' });
    await this.#screensAreGone();
    await tidyUp();

    return true;
  }

  /** The server says that the session has ended, whoever ended it. */
  readonly end = (): void => {
    if (this.#session.status === 'signed-in') {
      this.#become({ status: 'ended', me: this.#session.me });
    }
  };

  /** Leaves an ended session for good. */
  forget(): void {
    this.#become({ status: 'signed-out' });
  }

  /** Remembers the language for the person; that a server could not be told is no reason to trouble anybody. */
  async rememberLanguage(language: Language): Promise<void> {
    const session = this.#session;
    if (session.status !== 'signed-in' || session.me.user.language === language) return;
    const answer = await this.#api.rememberLanguage(language);
    if (answer.outcome !== 'answered' || this.#session !== session) return;
    this.#become({ ...session, me: { ...session.me, user: answer.value.user } });
  }

  /** Who listens draws in a task of its own. */
  #screensAreGone(): Promise<void> {
    return new Promise((resolve) => {
      setTimeout(resolve);
    });
  }

  #become(session: Session): void {
    this.#session = session;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The token that calls of the present session carry. */
export function csrfTokenOf(session: Session): string | undefined {
  return session.status === 'signed-in' ? session.me.csrfToken : undefined;
}

/** Whether an answer means that there is no session any more. */
export function endsSession(answer: Answer<unknown>): boolean {
  if (answer.outcome !== 'problem') return false;

  return answer.problem.code === 'session.ended' || answer.problem.code === 'session.required';
}

function sessionFrom(answer: Answer<Me>): Session {
  if (answer.outcome === 'answered') return { status: 'signed-in', me: answer.value };

  return endsSession(answer) ? { status: 'signed-out' } : { status: 'unreachable' };
}

function refusalFrom(answer: Exclude<Answer<unknown>, { outcome: 'answered' }>): SignInOutcome {
  if (answer.outcome === 'unreachable') return { outcome: 'unreachable' };
  const { code } = answer.problem;
  if (code === 'auth.throttled' || code === 'rate.limited') {
    return { outcome: 'throttled', retryAfterSeconds: answer.retryAfterSeconds };
  }
  if (code === 'auth.second-factor') return { outcome: 'second-factor' };
  if (code === 'auth.failed' || code === 'request.invalid') return { outcome: 'wrong' };
  if (code === 'origin.refused') return { outcome: 'wrong-address' };

  return { outcome: 'unavailable' };
}
