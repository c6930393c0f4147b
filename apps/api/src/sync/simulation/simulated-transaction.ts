/** A locked turn's transaction in the simulated database: its locks, its end, and what a paused process loses. */
import type { QueryResultRow } from 'pg';
import type {
  AdmittedStep,
  CommittedChange,
  StoredGeneration,
  Turn,
  TurnTransaction,
} from '../document-store.ts';
import type { Head } from '../log-entry.ts';
import { connectionLost, type SimulatedDatabase } from './simulated-database.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { answerQuery, readChanges, readCommittedEdits, readSteps } from './simulated-reads.ts';

const idleTimeoutMs = 2_000;
const everything = Number.MAX_SAFE_INTEGER;

export class SimulatedTransaction implements TurnTransaction {
  readonly #database: SimulatedDatabase;
  readonly #process: SimulatedProcess;
  readonly #compartment: string;
  #state: 'open' | 'ending' | 'ended' = 'open';
  #stopIdling: () => void = () => undefined;
  #turn: { readonly turn: Turn; readonly from: Head } | undefined;
  #generation: StoredGeneration | undefined;

  private constructor(database: SimulatedDatabase, process: SimulatedProcess, compartment: string) {
    this.#database = database;
    this.#process = process;
    this.#compartment = compartment;
    process.onEnd(() => {
      this.giveUp();
    });
  }

  static async begin(
    database: SimulatedDatabase,
    process: SimulatedProcess,
    compartment: string,
  ): Promise<SimulatedTransaction> {
    const transaction = new SimulatedTransaction(database, process, compartment);
    await transaction.#do(() => undefined);

    return transaction;
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as in Queryable
  async query<Row extends QueryResultRow>(text: string, values: readonly unknown[] = []) {
    return this.#do(() => ({ rows: answerQuery(this.#database, text, values) as Row[] }));
  }

  lockAccess(): Promise<number> {
    return this.#do(async () => {
      if (this.#database.faults.sabotage !== 'no-access-lock')
        await this.#database.accessLock.take(this, 'shared');

      return this.#database.accessVersion;
    });
  }

  lockHead(): Promise<Head> {
    return this.#do(async () => {
      const table = this.#database.compartment(this.#compartment);
      await table.headLock.take(this, 'exclusive');

      return table.head;
    });
  }

  stepsAfter(seq: number): Promise<readonly AdmittedStep[]> {
    const range = { after: seq, upTo: everything };

    return this.#do(() => readSteps(this.#database, this.#compartment, range));
  }

  changesAfter(seq: number): Promise<readonly CommittedChange[]> {
    const range = { after: seq, upTo: everything };

    return this.#do(() => readChanges(this.#database, this.#compartment, range));
  }

  committedEdits(edits: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#do(() => readCommittedEdits(this.#database, this.#compartment, edits));
  }

  append(turn: Turn, from: Head): Promise<void> {
    return this.#do(() => {
      if (turn.entries.length === 0) return;
      const head = this.#database.compartment(this.#compartment).head;
      if (Buffer.compare(head.frontier, from.frontier) !== 0)
        throw new Error('a turn that holds both locks was not written');
      const broken = this.#database.findDuplicate({ compartment: this.#compartment, from, turn });
      if (broken !== undefined) throw broken;
      this.#turn = { turn, from };
    });
  }

  startGeneration(stored: StoredGeneration): Promise<void> {
    return this.#do(() => {
      const known = this.#database.documents.get(stored.document)?.generation;
      if (known !== stored.generation - 1)
        throw new Error(`${stored.document} is not of the generation before`);
      this.#generation = stored;
    });
  }

  async commit(): Promise<void> {
    const { faults, history, random, time } = this.#database;
    if (faults.sabotage === 'acknowledge-before-commit') {
      time.after(random.between(0, 60), () => {
        this.#end(this.#process.isDead ? 'rolled-back' : 'committed');
      });

      return;
    }
    await this.#do(async () => {
      const fault = faults.takeCommitFault(random);
      if (fault !== undefined) history.reach(`commit.${fault}`);
      if (fault === 'failed') throw connectionLost();
      this.#state = 'ending';
      if (fault === 'late') {
        time.after(random.between(1, 300), () => {
          this.#end('committed');
        });
        throw connectionLost();
      }
      await this.#database.travel();
      this.#end('committed');
      if (fault === 'answer-lost') throw connectionLost();
    });
  }

  /** The connection is closed; the database learns of it a little later. */
  giveUp(): void {
    if (this.#state !== 'open') return;
    this.#database.time.after(this.#database.random.between(0, 30), () => {
      if (this.#state === 'open') this.#end('rolled-back');
    });
  }

  /** One statement; between two of them the database waits, but not for ever. */
  #do<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#database.request(this.#process, async () => {
      this.#stopIdling();
      if (this.#state !== 'open')
        throw new Error('Client has encountered a connection error and is not queryable');
      const value = await work();
      if (this.#isOpen()) {
        this.#stopIdling = this.#database.time.after(idleTimeoutMs, () => {
          this.#database.history.reach('idle-transaction-ended');
          this.#end('rolled-back');
        });
      }

      return value;
    });
  }

  #isOpen(): boolean {
    return this.#state === 'open';
  }

  #end(how: 'committed' | 'rolled-back'): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#stopIdling();
    if (how === 'committed') {
      if (this.#turn !== undefined)
        this.#database.commit({ compartment: this.#compartment, ...this.#turn });
      if (this.#generation !== undefined) this.#database.startGeneration(this.#generation);
    }
    this.#database.compartment(this.#compartment).headLock.release(this);
    this.#database.accessLock.release(this);
  }
}
