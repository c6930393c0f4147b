/** Sessions in PostgreSQL. The table holds the hash of what the cookie holds: who reads the table can open no session. */
import { createHash } from 'node:crypto';

import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import connectPgSimple from 'connect-pg-simple';
import type { RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import { Pool } from 'pg';

import { APP_CONFIG, type ServingConfig } from '../config/config.token.ts';
import { endSilentConnections } from '../database/silent-connections.ts';
import type { SessionId } from './person.ts';

declare module 'express-session' {
  interface SessionData {
    /** Passport's own: the id of the person. */
    passport?: { user?: string };
    csrfToken?: string;
    /** RFC 3339. */
    signedInAt?: string;
  }
}

/** A session ends after this long without a call or an edit (NIST SP 800-63B-4, 2.2.3). */
const IDLE_MS = 60 * 60_000;
/** ... and in any case this long after the sign-in. */
export const ABSOLUTE_MS = 12 * 60 * 60_000;
/** How much of the idle time must have passed before a session is written again. */
const TOUCH_MS = 60_000;

export function sessionIdOf(token: string): SessionId {
  return createHash('sha256').update(token).digest('hex') as SessionId;
}

/** `__Host-` makes browsers refuse the cookie of another host or path; it needs TLS. */
function cookieNameOf(config: Pick<ServingConfig, 'usesTls'>): string {
  return config.usesTls ? '__Host-lodestone.sid' : 'lodestone.sid';
}

const PgStore = connectPgSimple(session);

class HashedPgStore extends PgStore {
  constructor(private readonly pool: Pool) {
    const logger = new Logger('SessionStore');

    super({
      pool,
      tableName: 'session',
      ttl: IDLE_MS / 1000,
      errorLog: (...facts: unknown[]) => {
        logger.warn(facts.map(String).join(' '));
      },
    });
  }

  override get(
    token: string,
    callback: (error: unknown, session?: SessionData | null) => void,
  ): void {
    super.get(sessionIdOf(token), callback);
  }

  override set(token: string, data: SessionData, callback?: (error?: unknown) => void): void {
    super.set(sessionIdOf(token), data, callback);
  }

  override destroy(token: string, callback?: (error?: unknown) => void): void {
    super.destroy(sessionIdOf(token), callback);
  }

  /** Writes at most once a minute and never brings back a session that has ended. */
  override touch(token: string, _data: SessionData, callback?: (error?: unknown) => void): void {
    touchSession(this.pool, sessionIdOf(token)).then(
      () => callback?.(),
      (error: unknown) => callback?.(error),
    );
  }
}

export async function touchSession(pool: Pool, id: SessionId): Promise<void> {
  await pool.query(
    `UPDATE session
     SET expire = least(to_timestamp($2), (sess ->> 'signedInAt')::timestamptz + make_interval(secs => $5))
     WHERE sid = $1 AND expire BETWEEN to_timestamp($3) AND to_timestamp($4)`,
    [
      id,
      ...[IDLE_MS, 0, IDLE_MS - TOUCH_MS].map((ahead) => (Date.now() + ahead) / 1000),
      ABSOLUTE_MS / 1000,
    ],
  );
}

@Injectable()
export class SessionStore implements OnApplicationShutdown {
  /** A small pool of its own: signing in and out does not wait behind the rooms' transactions. */
  readonly pool: Pool;
  readonly middleware: RequestHandler;
  readonly cookieName: string;
  readonly #store: HashedPgStore;

  constructor(@Inject(APP_CONFIG) config: ServingConfig) {
    const logger = new Logger('SessionStore');

    this.pool = new Pool({
      connectionString: config.databaseUrl,
      application_name: 'lodestone-sessions',
      max: 4,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 5_000,
      lock_timeout: 2_000,
    });
    this.pool.on('error', (error) => {
      logger.warn(`an idle connection was lost: ${error.message}`);
    });
    endSilentConnections(this.pool);
    this.cookieName = cookieNameOf(config);
    this.#store = new HashedPgStore(this.pool);
    this.middleware = session({
      name: this.cookieName,
      secret: config.sessionSecret,
      store: this.#store,
      resave: false,
      saveUninitialized: false,
      cookie: { httpOnly: true, sameSite: 'lax', secure: config.usesTls, path: '/' },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#store.close();
    await this.pool.end();
  }
}
