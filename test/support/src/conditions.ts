/** What a proxy does to what it carries. */

/** What a connection suffers. Nothing by default. */
export interface Conditions {
  /** Each way. */
  readonly latencyMs?: number;
  /** At most so much more or less of it. */
  readonly jitterMs?: number;
  /** The chance of each piece of data to be the last of its connection, which is then reset. */
  readonly resets?: number;
  /** How fast the client gets what is sent to it. */
  readonly bytesPerSecond?: number;
  /** What becomes of data on its way, after its delay; made anew for each connection. */
  readonly transform?: () => Transform;
}

export type Direction = 'to-server' | 'to-client';

/** @returns the bytes to pass on, or `cut` to reset the connection instead. */
export type Transform = (direction: Direction, bytes: Buffer) => Buffer | 'cut';
