/** Opens, reads and ends sessions. A session is read with its person, fresh from the database, every time. */
import { randomBytes } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';

import { Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';

import { PersonRepository } from './person.repository.ts';
import {
  type Person,
  type PersonId,
  type SessionActor,
  type SessionId,
  toActor,
} from './person.ts';
import { SessionEvents, type SessionEnd } from './session-events.ts';
import { ABSOLUTE_MS, sessionIdOf, SessionStore, touchSession } from './session-store.ts';

/** `none`: nobody has signed in here. `ended`: somebody had. */
export type SessionState =
  | { readonly status: 'live'; readonly actor: SessionActor; readonly csrfToken: string }
  | { readonly status: 'none' }
  | { readonly status: 'ended' };

@Injectable()
export class SessionService {
  readonly #logger = new Logger('Sessions');

  constructor(
    private readonly store: SessionStore,
    private readonly people: PersonRepository,
    private readonly events: SessionEvents,
  ) {}

  /** Signs a person in, under an id that nobody could have known before. Returns the session's CSRF token. */
  async open(
    request: Request,
    person: Person,
  ): Promise<{ actor: SessionActor; csrfToken: string }> {
    const before = await this.stateOf(request);

    if (before.status === 'live') await this.end(before.actor, 'replaced');
    if (request.session.cookie.secure && !request.secure) {
      this.#logger.warn(
        'PUBLIC_ORIGIN is https, but this request came without "X-Forwarded-Proto: https": ' +
          'no cookie can be set. Let the proxy send the header.',
      );
    }

    const csrfToken = randomBytes(32).toString('base64url');

    await settled((done) => {
      request.logIn(person, done);
    });
    request.session.csrfToken = csrfToken;
    request.session.signedInAt = new Date().toISOString();
    await settled((done) => request.session.save(done));

    const actor = toActor(person, sessionIdOf(request.sessionID));

    this.events.publish({ kind: 'signed-in', actor, address: request.ip ?? '' });

    return { actor, csrfToken };
  }

  /** Whose session a request is in. Ends a session whose time is over or whose person may no longer be here. */
  async stateOf(
    request: Pick<Request, 'session' | 'sessionID' | 'headers'>,
  ): Promise<SessionState> {
    const { passport, csrfToken, signedInAt } = request.session;
    const id = passport?.user as PersonId | undefined;

    if (id === undefined || csrfToken === undefined || signedInAt === undefined) {
      return { status: this.#bringsCookie(request) ? 'ended' : 'none' };
    }

    const session = sessionIdOf(request.sessionID);
    const person = await this.people.findById(id);
    const isOver = Date.parse(signedInAt) + ABSOLUTE_MS <= Date.now();

    if (!person || person.disabled || isOver) {
      await this.end({ person: id, session }, isOver ? 'timed-out' : 'disabled');
      return { status: 'ended' };
    }

    return { status: 'live', actor: toActor(person, session), csrfToken };
  }

  /**
   * Takes the session away. The access row's version moves with it, in one statement: a turn that holds the row is
   * waited for, and the next one sees that the session is gone.
   */
  async end(
    { session, person }: Pick<SessionActor, 'session' | 'person'>,
    reason: SessionEnd,
  ): Promise<void> {
    const { rowCount } = await this.store.pool.query(
      `WITH ended AS (DELETE FROM session WHERE sid = $1 RETURNING sid)
       UPDATE access_version SET version = version + 1 WHERE id = 1 AND EXISTS (SELECT FROM ended)`,
      [session],
    );

    if (rowCount) this.events.publish({ kind: 'ended', session, person, reason });
  }

  async signOut(request: Request, response: Response, actor: SessionActor): Promise<void> {
    await this.end(actor, 'signed-out');
    const { httpOnly = true, sameSite, secure, path = '/' } = request.session.cookie;

    await settled((done) => request.session.destroy(done));
    response.clearCookie(this.store.cookieName, {
      httpOnly,
      path,
      sameSite: sameSite ?? 'lax',
      secure: secure === true,
    });
  }

  /** For a socket's handshake: the same cookie, the same rules. The caller has checked its Origin. */
  async authenticateHandshake(request: IncomingMessage): Promise<SessionActor | undefined> {
    // Not the request itself: it lives as long as its socket, and the session with all that belongs to it would, too.
    const { socket, headers, url } = request;
    const handshake = Object.assign(new IncomingMessage(socket), { headers, url }) as Request;

    await settled((done) => {
      this.store.middleware(handshake, new ServerResponse(handshake) as Response, done);
    });
    const state = await this.stateOf(handshake);

    return state.status === 'live' ? state.actor : undefined;
  }

  /** Work on a socket keeps its session from idling out; calls as often as you like, it writes once a minute. */
  async touch(session: SessionId): Promise<void> {
    await touchSession(this.store.pool, session);
  }

  /** Which of these sessions are over, or belong to a person who may no longer be here. */
  async endedAmong(sessions: readonly SessionId[]): Promise<readonly SessionId[]> {
    if (sessions.length === 0) return [];

    const { rows } = await this.store.pool.query<{ sid: SessionId }>(
      `SELECT session.sid FROM session
         JOIN person ON person.id::text = session.sess -> 'passport' ->> 'user'
       WHERE session.sid = ANY($1) AND session.expire >= to_timestamp($2) AND person.disabled_at IS NULL`,
      [sessions, Date.now() / 1000],
    );
    const live = new Set(rows.map(({ sid }) => sid));

    return sessions.filter((session) => !live.has(session));
  }

  #bringsCookie(request: Pick<Request, 'headers'>): boolean {
    return (request.headers.cookie ?? '')
      .split(';')
      .some((cookie) => cookie.trim().startsWith(`${this.store.cookieName}=`));
  }
}

/** Waits for what answers through a callback. */
function settled(start: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error === undefined || error === null) resolve();
      else
        reject(error instanceof Error ? error : new Error('the session failed', { cause: error }));
    });
  });
}
