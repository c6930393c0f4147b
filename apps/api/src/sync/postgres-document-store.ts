/** The document store on PostgreSQL. */
import { Injectable } from '@nestjs/common';
import { AppPool, type Queryable } from '../database/app-pool.ts';
import type {
  AdmittedStep,
  Appended,
  CommittedChange,
  CompartmentTurn,
  DocumentStore,
  GenerationStart,
  LastChange,
  Lease,
  StoredDocument,
  StoredGeneration,
  Turn,
  TurnTransaction,
} from './document-store.ts';
import { generationAction } from './generation-start.ts';
import type { Head, LoggedConflict } from './log-entry.ts';
import { readGeneration, writeGeneration } from './stored-generation.ts';
import { appendTurns } from './turn-statements.ts';

@Injectable()
export class PostgresDocumentStore implements DocumentStore {
  readonly #pool: AppPool;

  constructor(pool: AppPool) {
    this.#pool = pool;
  }

  async transact<T>(compartment: string, work: (turn: TurnTransaction) => Promise<T>): Promise<T> {
    return this.#pool.transact(async (transaction) =>
      work(new PostgresTurn(transaction, compartment)),
    );
  }

  async append(turns: readonly CompartmentTurn[], accessVersion: number): Promise<Appended> {
    return appendTurns(this.#pool, turns, accessVersion);
  }

  async committedEdits(
    compartment: string,
    edits: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    return readCommittedEdits(this.#pool, compartment, edits);
  }

  async head(compartment: string): Promise<Head> {
    return readHead(this.#pool, compartment, '');
  }

  async load(compartment: string, register: string, seq: number): Promise<StoredDocument> {
    const name = `${compartment}/${register}`;
    await this.#pool.query(
      'insert into document (name, compartment, register) values ($1, $2, $3) on conflict do nothing',
      [name, compartment, register],
    );
    const base = await readGeneration(this.#pool, { compartment, register, seq });
    const tail = await this.#pool.query<{ update: Uint8Array }>(
      `select update from log_entry
       where document = $1 and seq > $2 and seq <= $3 and outcome = 'admitted' order by seq`,
      [name, base.seq, seq],
    );

    return {
      generation: base.generation,
      updates: [
        ...(base.state === undefined ? [] : [base.state]),
        ...tail.rows.map(({ update }) => update),
      ],
      tail: tail.rows.length,
      lastChanges: await this.lastChanges(compartment, register, { after: base.seq, upTo: seq }),
      changesFrom: base.seq,
    };
  }

  async lastChanges(
    compartment: string,
    register: string,
    { after, upTo }: { readonly after: number; readonly upTo: number },
  ): Promise<readonly LastChange[]> {
    const { rows } = await this.#pool.query<LastChangeRow>(
      `select distinct on (record, field) record, field, seq, person, recorded_at, new as value from cell_change
       where compartment = $1 and register = $2 and seq > $3 and seq <= $4 and field <> ''
       order by record, field, seq desc`,
      [compartment, register, after, upTo],
    );

    return rows.map(toLastChange);
  }

  async stepsAfter(
    compartment: string,
    seq: number,
    upTo: number,
  ): Promise<readonly AdmittedStep[]> {
    return readSteps(this.#pool, compartment, { after: seq, upTo });
  }

  async changesAfter(
    compartment: string,
    seq: number,
    upTo: number,
  ): Promise<readonly CommittedChange[]> {
    return readChanges(this.#pool, compartment, { after: seq, upTo });
  }

  async saveSnapshot({ document, generation, seq, state }: StoredGeneration): Promise<void> {
    await this.#pool.query(
      `insert into snapshot (document, generation, seq, state) values ($1, $2, $3, $4)
       on conflict (document) do update set generation = $2, seq = $3, state = $4
       where snapshot.generation < $2 or (snapshot.generation = $2 and snapshot.seq < $3)`,
      [document, generation, seq, Buffer.from(state)],
    );
  }

  async seqOf(document: string, clientId: number, update: Uint8Array): Promise<number | undefined> {
    const { rows } = await this.#pool.query<{ seq: number }>(
      `select seq from log_entry
       where document = $1 and client_id = $2 and update = $3 and outcome = 'admitted' order by seq desc limit 1`,
      [document, clientId, Buffer.from(update)],
    );

    return rows[0]?.seq;
  }

  async holdsLease(
    { document, generation, person, device }: Lease,
    clientId: number,
  ): Promise<boolean> {
    const { rows } = await this.#pool.query(
      `select 1 from client_lease
       where document = $1 and generation = $2 and client_id = $3 and person = $4 and device = $5`,
      [document, generation, clientId, person, device],
    );

    return rows.length > 0;
  }

  async addLease(
    { document, generation, person, device }: Lease,
    clientId: number,
  ): Promise<boolean> {
    const { rows } = await this.#pool.query(
      `insert into client_lease (document, generation, client_id, person, device) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning client_id`,
      [document, generation, clientId, person, device],
    );

    return rows.length > 0;
  }

  async unreadConflicts(document: string, person: string): Promise<readonly LoggedConflict[]> {
    const { rows } = await this.#pool.query<ConflictRow>(
      `select conflict.* from conflict
       left join read_position on read_position.document = conflict.document and read_position.person = $2
       where conflict.document = $1 and $2 in (kept_by, other_by) and conflict.seq > coalesce(read_position.seq, 0)
       order by conflict.seq`,
      [document, person],
    );

    return rows.map(toLoggedConflict);
  }

  async conflictsAfter(
    documents: readonly string[],
    seq: number,
    upTo: number,
  ): Promise<readonly LoggedConflict[]> {
    const { rows } = await this.#pool.query<ConflictRow>(
      'select * from conflict where document = any($1) and seq > $2 and seq <= $3 order by seq',
      [documents, seq, upTo],
    );

    return rows.map(toLoggedConflict);
  }

  async markRead(document: string, person: string, seq: number): Promise<void> {
    await this.#pool.query(
      `insert into read_position (person, document, seq) values ($1, $2, $3)
       on conflict (person, document) do update set seq = greatest(read_position.seq, $3)`,
      [person, document, seq],
    );
  }
}

class PostgresTurn implements TurnTransaction {
  readonly #transaction: Queryable;
  readonly #compartment: string;
  #accessVersion = 0;

  constructor(transaction: Queryable, compartment: string) {
    this.#transaction = transaction;
    this.#compartment = compartment;
  }

  get query(): Queryable['query'] {
    return this.#transaction.query.bind(this.#transaction);
  }

  async lockAccess(): Promise<number> {
    // Of the table, since shared locks of a row pass whoever waits for it exclusively.
    await this.#transaction.query('lock table access_version in share mode');
    const { rows } = await this.#transaction.query<{ version: number }>(
      'select version from access_version where id = 1',
    );

    this.#accessVersion = rows[0]?.version ?? 0;

    return this.#accessVersion;
  }

  async lockHead(): Promise<Head> {
    return readHead(this.#transaction, this.#compartment, 'for update');
  }

  async stepsAfter(seq: number): Promise<readonly AdmittedStep[]> {
    return readSteps(this.#transaction, this.#compartment, {
      after: seq,
      upTo: Number.MAX_SAFE_INTEGER,
    });
  }

  async changesAfter(seq: number): Promise<readonly CommittedChange[]> {
    return readChanges(this.#transaction, this.#compartment, {
      after: seq,
      upTo: Number.MAX_SAFE_INTEGER,
    });
  }

  async committedEdits(edits: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return readCommittedEdits(this.#transaction, this.#compartment, edits);
  }

  async startGeneration(stored: StoredGeneration): Promise<void> {
    await writeGeneration(this.#transaction, stored);
  }

  async append(turn: Turn, from: Head): Promise<void> {
    if (turn.entries.length === 0) return;
    const compartment = this.#compartment;
    const appended = await appendTurns(
      this.#transaction,
      [{ compartment, from, turn }],
      this.#accessVersion,
    );
    if (appended.outcome !== 'appended' || !appended.compartments.has(compartment))
      throw new Error('a turn that holds both locks was not written');
  }
}

async function readCommittedEdits(
  database: Queryable,
  compartment: string,
  edits: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (edits.length === 0) return new Map();
  const { rows } = await database.query<{ edit: string; seq: number }>(
    `select edit, seq from log_entry where compartment = $1 and edit = any($2) and outcome = 'admitted'`,
    [compartment, edits],
  );

  return new Map(rows.map(({ edit, seq }) => [edit, seq]));
}

async function readHead(
  database: Queryable,
  compartment: string,
  lock: '' | 'for update',
): Promise<Head> {
  const { rows } = await database.query<{ seq: number; frontier: Uint8Array }>(
    `select seq, frontier from compartment_head where compartment = $1 ${lock}`,
    [compartment],
  );
  if (rows[0] === undefined) throw new Error(`compartment ${compartment} has no head row`);

  return rows[0];
}

async function readSteps(
  database: Queryable,
  compartment: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<readonly AdmittedStep[]> {
  const { rows } = await database.query<StepRow>(
    `select document, seq, update, case action when '${generationAction}' then changes -> 0 end as start from log_entry
     where compartment = $1 and seq > $2 and seq <= $3 and outcome = 'admitted' order by seq`,
    [compartment, after, upTo],
  );

  return rows.map(toStep);
}

interface StepRow {
  readonly document: string;
  readonly seq: number;
  readonly update: Uint8Array | null;
  readonly start: GenerationStart | null;
}

function toStep({ document, seq, update, start }: StepRow): AdmittedStep {
  if (start !== null) {
    const { generation, hash } = start;

    return { document, seq, start: { generation, hash } };
  }
  if (update === null)
    throw new Error(`${document}: the admitted entry ${String(seq)} says nothing`);

  return { document, seq, update };
}

async function readChanges(
  database: Queryable,
  compartment: string,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<readonly CommittedChange[]> {
  const { rows } = await database.query<LastChangeRow & { register: string }>(
    `select register, record, field, seq, person, recorded_at, new as value from cell_change
     where compartment = $1 and seq > $2 and seq <= $3 and field <> '' order by seq`,
    [compartment, after, upTo],
  );

  return rows.map((row) => ({ ...toLastChange(row), register: row.register }));
}

function toLoggedConflict(row: ConflictRow): LoggedConflict {
  return {
    document: row.document,
    seq: row.seq,
    record: row.record,
    field: row.field,
    kept: { value: row.kept_value, person: row.kept_by },
    other: { value: row.other_value, person: row.other_by },
  };
}

function toLastChange({
  record,
  field,
  seq,
  person,
  recorded_at,
  value,
}: LastChangeRow): LastChange {
  return { record, field, seq, person, recordedAt: recorded_at.toISOString(), value };
}

interface LastChangeRow {
  readonly record: string;
  readonly field: string;
  readonly seq: number;
  readonly person: string;
  readonly recorded_at: Date;
  readonly value: unknown;
}

interface ConflictRow {
  readonly document: string;
  readonly seq: number;
  readonly record: string;
  readonly field: string;
  readonly kept_value: unknown;
  readonly kept_by: string;
  readonly other_value: unknown;
  readonly other_by: string;
}
