/** What the servers of a run share: one PostgreSQL, and the folder in which Lodestone keeps its keys. */
import {
  createDataFolder,
  startPostgres,
  type DataFolder,
  type TestDatabase,
  type TestPostgres,
} from '@lodestone/test-support';
import { readFamilyCpuMs } from '../measure/process-figures.ts';

interface Ending {
  stop(): Promise<unknown>;
}

export class Stage {
  readonly folder: DataFolder;
  /** Where the peers that store anything store it. */
  readonly peers: TestDatabase;
  /** What still runs, so that it ends when the run is given up. */
  readonly #running = new Set<Ending>();
  readonly #postgres: TestPostgres;
  readonly #postmaster: number;

  private constructor(
    { folder, peers }: Pick<Stage, 'folder' | 'peers'>,
    postgres: TestPostgres,
    postmaster: number,
  ) {
    this.folder = folder;
    this.peers = peers;
    this.#postgres = postgres;
    this.#postmaster = postmaster;
  }

  static async open(): Promise<Stage> {
    const folder = await createDataFolder();
    const postgres = await startPostgres();
    const peers = await postgres.createDatabase();

    return new Stage({ folder, peers }, postgres, await postgres.postmaster());
  }

  /** An empty one for each scenario, so that none carries what another has written. */
  async createDatabase(): Promise<TestDatabase> {
    return this.#postgres.createDatabase();
  }

  /** CPU time of PostgreSQL, all its processes together. */
  readPostgresCpuMs(): number {
    return readFamilyCpuMs(this.#postmaster);
  }

  /** Works with a program that has started, and ends it. */
  async use<P extends Ending, T>(program: P, work: (program: P) => Promise<T>): Promise<T> {
    this.#running.add(program);
    try {
      return await work(program);
    } finally {
      await program.stop();
      this.#running.delete(program);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((program) => program.stop()));
    await this.#postgres.stop();
    await this.folder.remove();
  }
}
