/** What the environment means: the defaults, and what follows from one setting for another. */
import path from 'node:path';

import type { Env } from './env.ts';

const DEFAULT_PORT = 3000;
const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_DATA_FOLDER = '.lodestone';

/** `embedded`: our own PostgreSQL in the data folder. `ownerUrl` null: this process may not migrate. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'external'; readonly url: string; readonly ownerUrl: string | null };

/** A class, so that Nest can inject it by its type. */
export class AppConfig {
  readonly port: number;
  readonly host: string;
  readonly database: DatabaseConfig;
  readonly redisUrl: string | null;
  /** Absolute. */
  readonly dataFolder: string;
  readonly loadsSample: boolean;
  /** Null: generate one and keep it in the data folder. */
  readonly samplePassword: string | null;
  /** Null: see {@link allowedOrigins}. */
  readonly publicOrigin: string | null;

  constructor(env: Env) {
    this.port = env.PORT ?? DEFAULT_PORT;
    this.host = env.HOST ?? DEFAULT_HOST;
    this.database =
      env.DATABASE_URL === undefined
        ? { kind: 'embedded' }
        : { kind: 'external', url: env.DATABASE_URL, ownerUrl: env.DATABASE_OWNER_URL ?? null };
    this.redisUrl = env.REDIS_URL ?? null;
    this.dataFolder = path.resolve(env.LODESTONE_DATA ?? DEFAULT_DATA_FOLDER);
    this.loadsSample =
      env.LODESTONE_SAMPLE === undefined
        ? this.database.kind === 'embedded'
        : env.LODESTONE_SAMPLE === 'on';
    this.samplePassword = env.LODESTONE_SAMPLE_PASSWORD ?? null;
    this.publicOrigin = env.PUBLIC_ORIGIN === undefined ? null : new URL(env.PUBLIC_ORIGIN).origin;
  }

  /** Cookies are `Secure` when browsers reach us over TLS (usually a proxy's). */
  get usesTls(): boolean {
    return this.publicOrigin?.startsWith('https:') ?? false;
  }

  /** The origins a browser may call from. Takes the port that was really opened, since `PORT` may be 0. */
  allowedOrigins(listeningPort: number): readonly string[] {
    return this.publicOrigin === null
      ? [`http://localhost:${String(listeningPort)}`, `http://127.0.0.1:${String(listeningPort)}`]
      : [this.publicOrigin];
  }
}
