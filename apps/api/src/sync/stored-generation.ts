/** How a generation of a document is kept: its bytes as a snapshot, and, where that is lost, made again of the history. */
import { encodeGeneration, findRegister, generationHash } from '@lodestone/document-model';
import type { Queryable } from '../database/app-pool.ts';
import type { GenerationStart, StoredGeneration } from './document-store.ts';
import { generationAction } from './generation-start.ts';

interface Wanted {
  readonly compartment: string;
  readonly register: string;
  /** The last sequence of which anything may be in it. */
  readonly seq: number;
}

interface GenerationRow {
  /** Null in the first generation. */
  readonly start: GenerationStart | null;
  readonly started_at: number | null;
  readonly seq: number | null;
  readonly state: Uint8Array | null;
}

/** Where a replay begins. */
interface Base extends Pick<StoredGeneration, 'generation' | 'seq'> {
  /** Undefined before the first update of the first generation. */
  readonly state: Uint8Array | undefined;
}

/** The generation that the log had reached at a sequence, with what of it is stored whole. The log alone says which. */
export async function readGeneration(
  database: Queryable,
  { compartment, register, seq }: Wanted,
): Promise<Base> {
  const document = `${compartment}/${register}`;
  const { rows } = await database.query<GenerationRow>(
    `select started.start, started.seq as started_at, snapshot.seq, snapshot.state
     from (select) as one
     left join lateral (
       select generation, seq, changes -> 0 as start from log_entry
       where document = $1 and seq <= $2 and action = '${generationAction}' and outcome = 'admitted'
       order by seq desc limit 1
     ) as started on true
     left join snapshot on snapshot.document = $1 and snapshot.seq <= $2
       and snapshot.generation = coalesce(started.generation, 1)`,
    [document, seq],
  );
  const { start = null, started_at, seq: storedAt, state } = rows[0] ?? {};
  const generation = start?.generation ?? 1;
  if (state && typeof storedAt === 'number') return { generation, seq: storedAt, state };
  if (start === null) return { generation, seq: 0, state: undefined };
  const wanted = { compartment, register, seq: started_at ?? 0 };

  return { generation, seq: wanted.seq, state: await rebuild(database, wanted, start) };
}

async function rebuild(
  database: Queryable,
  wanted: Wanted,
  start: GenerationStart,
): Promise<Uint8Array> {
  const state = await encodeFromHistory(database, wanted);
  if (generationHash(state) !== start.hash) {
    const { compartment, register, seq } = wanted;
    throw new Error(
      `${compartment}/${register}: the history at ${String(seq)} is of other records`,
    );
  }

  return state;
}

/** The same bytes again, of the records as the projection has them at a sequence. */
export async function encodeFromHistory(
  database: Queryable,
  { compartment, register, seq }: Wanted,
): Promise<Uint8Array> {
  const declared = findRegister(register);
  if (declared === undefined) throw new Error(`${register} is no register`);
  const { rows } = await database.query<{ key: string; value: unknown }>(
    `select distinct on (record, field) record || case field when '' then '' else '/' || field end as key, new as value
     from cell_change where compartment = $1 and register = $2 and seq <= $3 order by record, field, seq desc`,
    [compartment, register, seq],
  );

  return encodeGeneration(declared, new Map(rows.map(({ key, value }) => [key, value])));
}

/** In the transaction that appends the entry. */
export async function writeGeneration(
  transaction: Queryable,
  { document, generation, seq, state }: StoredGeneration,
): Promise<void> {
  const { rows } = await transaction.query(
    'update document set generation = $2 where name = $1 and generation = $2 - 1 returning name',
    [document, generation],
  );
  if (rows.length === 0) throw new Error(`${document} is not of the generation before`);
  await transaction.query(
    `insert into snapshot (document, generation, seq, state) values ($1, $2, $3, $4)
     on conflict (document) do update set generation = $2, seq = $3, state = $4`,
    [document, generation, seq, Buffer.from(state)],
  );
}
