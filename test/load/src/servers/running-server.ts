/** What every measured server is to a scenario: a process, the documents it was started for, and connections to them. */
import type { Connection } from '../wire/connection.ts';

export interface RunningServer {
  readonly pid: number;
  /** Where a browser would find it. */
  readonly origin: string;
  readonly documents: readonly string[];
  /** `seat`: whose session it is, where the server knows sessions; several connections may have the same. */
  connect(document: string, seat: number): Promise<Connection>;
  /** What is wrong with a document after a run, as the server stores it; nothing where it stores nothing. */
  verify(document: string, expected: { readonly acknowledged: number }): Promise<readonly string[]>;
  /** Everything it has said. */
  output(): string;
  stop(): Promise<void>;
}

/** What a scenario needs before it can begin. */
export interface Needs {
  /** So many fresh ones, or these, which an earlier server of the scenario has stored. */
  readonly documents: number | readonly string[];
  /** More of the environment for the server's process, such as `NODE_OPTIONS`. */
  readonly environment?: Readonly<Record<string, string>>;
}
