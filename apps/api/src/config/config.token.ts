/** What the serving half of the application needs to know, under the token that Nest injects it by. */

export const APP_CONFIG = Symbol('APP_CONFIG');

/** The configuration together with what the start made of it (the embedded database's address, the kept secret). */
export interface ServingConfig {
  /** The database as the role that serves (`lodestone_app`). */
  readonly databaseUrl: string;
  /** The built web client; nothing is served where the folder does not exist. */
  readonly webRoot: string;
  /** Signs the session cookie. */
  readonly sessionSecret: string;
  /** The sample workspace is loaded: every screen says that its accounts need no second factor. */
  readonly isSample: boolean;
  /** Browsers reach us over TLS. */
  readonly usesTls: boolean;
  /** The origins a browser may call from, given the port that was really opened. */
  allowedOrigins(listeningPort: number): readonly string[];
}
