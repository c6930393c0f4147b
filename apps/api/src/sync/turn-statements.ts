/** The statements that write a turn: one per table, rows as arrays of columns. */
import type { Queryable } from '../database/app-pool.ts';
import type { Turn } from './document-store.ts';
import type { LoggedConflict, LoggedEntry } from './log-entry.ts';

export async function appendTurn(
  transaction: Queryable,
  compartment: string,
  turn: Turn,
): Promise<void> {
  if (turn.entries.length === 0) return;
  await transaction.query(insertEntries, [compartment, ...columns(turn.entries, entryColumns)]);
  if (turn.changes.length > 0) {
    await transaction.query(insertChanges, [
      compartment,
      turn.changes.map((change) => change.register),
      turn.changes.map((change) => change.record),
      turn.changes.map((change) => change.field),
      turn.changes.map((change) => change.seq),
      turn.changes.map((change) => JSON.stringify(change.old)),
      turn.changes.map((change) => JSON.stringify(change.new)),
      turn.changes.map((change) => change.person),
      turn.changes.map((change) => change.recordedAt),
    ]);
  }
  if (turn.conflicts.length > 0) {
    await transaction.query(insertConflicts, [
      compartment,
      ...columns(turn.conflicts, conflictColumns),
    ]);
  }
  await transaction.query(
    'update compartment_head set seq = $2, frontier = $3 where compartment = $1',
    [compartment, turn.head.seq, Buffer.from(turn.head.frontier)],
  );
}

type Columns<Row> = readonly ((row: Row) => unknown)[];

function columns<Row>(
  rows: readonly Row[],
  readers: Columns<Row>,
): readonly (readonly unknown[])[] {
  return readers.map((read) => rows.map(read));
}

const entryColumns: Columns<LoggedEntry> = [
  ({ meta }) => meta.seq,
  ({ meta }) => meta.document,
  ({ meta }) => meta.generation,
  ({ meta }) => meta.action,
  ({ meta }) => meta.outcome,
  ({ meta }) => meta.actor,
  ({ meta }) => meta.party,
  ({ meta }) => JSON.stringify(meta.roles),
  ({ meta }) => meta.session,
  ({ meta }) => meta.recordedAt,
  ({ meta }) => meta.edit,
  ({ meta }) => meta.clientId,
  ({ meta }) => meta.clock,
  ({ meta }) => meta.seen,
  ({ meta }) => meta.accessVersion,
  ({ meta }) => meta.schemaVersion,
  ({ payload }) => payload.update && Buffer.from(payload.update),
  ({ payload }) => JSON.stringify(payload.changes),
  ({ payload }) => Buffer.from(payload.salt),
  ({ leaf }) => Buffer.from(leaf),
];

const insertEntries = `
  insert into log_entry (compartment, seq, document, generation, action, outcome, actor, party, roles, session,
    recorded_at, edit, client_id, clock, seen, access_version, schema_version, update, changes, salt, leaf)
  select $1, * from unnest($2::bigint[], $3::text[], $4::integer[], $5::text[], $6::text[], $7::uuid[], $8::text[],
    $9::jsonb[], $10::text[], $11::timestamptz[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[],
    $16::bigint[], $17::integer[], $18::bytea[], $19::jsonb[], $20::bytea[], $21::bytea[])`;

const insertChanges = `
  insert into cell_change (compartment, register, record, field, seq, old, new, person, recorded_at)
  select $1, * from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[], $7::jsonb[], $8::uuid[],
    $9::timestamptz[])`;

const conflictColumns: Columns<LoggedConflict> = [
  ({ document }) => document,
  ({ seq }) => seq,
  ({ record }) => record,
  ({ field }) => field,
  ({ kept }) => JSON.stringify(kept.value),
  ({ kept }) => kept.person,
  ({ other }) => JSON.stringify(other.value),
  ({ other }) => other.person,
];

const insertConflicts = `
  insert into conflict (compartment, document, seq, record, field, kept_value, kept_by, other_value, other_by)
  select $1, * from unnest($2::text[], $3::bigint[], $4::text[], $5::text[], $6::jsonb[], $7::uuid[], $8::jsonb[],
    $9::uuid[])`;
