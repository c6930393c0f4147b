/** Keeps one PostgreSQL server running: adopts or starts it, starts it again when it dies, ends it in the end. */
import { setTimeout as delay } from 'node:timers/promises';

import { isDatabaseOutage } from '../database-outage.ts';
import { withClient } from '../with-client.ts';
import {
  findPostmaster,
  type Postmaster,
  type PostmasterOptions,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts';
import { readLastWords, trimLog } from './server-log.ts';

const READY_POLL_MS = 20;
const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 2000;

export interface SupervisorOptions extends PostmasterOptions {
  /** As the superuser, to a database that every cluster has. */
  readonly url: string;
  readonly log: (line: string) => void;
}

/** The server ended before it accepted connections. */
export class PostgresEnded extends Error {
  override readonly name = 'PostgresEnded';

  constructor(
    readonly lastWords: string,
    readonly logFile: string,
  ) {
    super(`${lastWords} (more in ${logFile})`);
  }
}

export class PostmasterSupervisor {
  private readonly stopping = new AbortController();
  private postmaster: Postmaster | undefined;
  private watching: Promise<void> = Promise.resolve();

  private constructor(private readonly options: SupervisorOptions) {}

  /** Resolves when the server accepts connections. When it rejects, nothing is left running. */
  static async start(options: SupervisorOptions): Promise<PostmasterSupervisor> {
    const supervisor = new PostmasterSupervisor(options);

    await trimLog(options.logFile);
    try {
      supervisor.watching = supervisor.watch(await supervisor.launch());
      return supervisor;
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
  }

  /** Ends the server in order; open transactions are rolled back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.end();
    await this.watching;
    // The watch may have been in the middle of starting another one.
    await this.end();
  }

  private async end(): Promise<void> {
    if (this.postmaster !== undefined) {
      await stopPostmaster(this.postmaster);
    }
  }

  private async watch(first: Postmaster): Promise<void> {
    let postmaster: Postmaster | undefined = first;

    while (postmaster !== undefined) {
      await postmaster.ended;
      postmaster = await this.relaunch();
    }
  }

  private async relaunch(): Promise<Postmaster | undefined> {
    for (
      let pause = FIRST_PAUSE_MS;
      !this.isStopping();
      pause = Math.min(pause * 2, LAST_PAUSE_MS)
    ) {
      this.options.log('PostgreSQL has ended; starting it again.');
      try {
        const postmaster = await this.launch();

        this.options.log('PostgreSQL is ready again.');
        return this.isStopping() ? undefined : postmaster;
      } catch (error) {
        this.options.log(`PostgreSQL does not start: ${String(error)}`);
        await delay(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  // A method, since the answer changes while we wait.
  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async launch(): Promise<Postmaster> {
    const found = await findPostmaster(this.options.clusterFolder);
    const postmaster = found ?? (await startPostmaster(this.options));

    this.postmaster = postmaster;
    while (postmaster.isRunning()) {
      if (await this.answers()) {
        return postmaster;
      }
      await delay(READY_POLL_MS);
    }
    throw new PostgresEnded(await readLastWords(this.options.logFile), this.options.logFile);
  }

  private async answers(): Promise<boolean> {
    try {
      return await withClient(this.options.url, () => Promise.resolve(true));
    } catch (error) {
      if (isDatabaseOutage(error)) {
        return false;
      }
      throw error;
    }
  }
}
