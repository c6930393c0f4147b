/** Whether PostgreSQL stores what it is given: one whose disk is full goes on answering reads, and refuses every edit. */

/** SQLSTATE: disk full, an input or output error, and a database that takes no writes while it fails over. */
const REFUSAL = /^(53100|58030|25006)$/;
/** Nobody may have tried since: then it is not held against the database for ever. */
const RECENT_MS = 10_000;

export class StorageWatch {
  #refusedAt: number | undefined;

  /** The last write that was tried of late was refused for want of storage. */
  get isRefusing(): boolean {
    return this.#refusedAt !== undefined && performance.now() - this.#refusedAt < RECENT_MS;
  }

  /** Runs a statement or a transaction, and learns from how it ends. */
  async watch<T>(isWrite: boolean, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (isWrite) this.#refusedAt = undefined;

      return result;
    } catch (error) {
      if (error instanceof Error && 'code' in error && REFUSAL.test(String(error.code)))
        this.#refusedAt = performance.now();
      throw error;
    }
  }
}
