/** The statement that writes turns: one call for any number of compartments, rows as columns of arrays. */
import {
  bigintArray,
  byteaArray,
  integerArray,
  jsonbArray,
  textArray,
  timestampArray,
  uuidArray,
} from '../database/binary-array.ts';
import type { Queryable } from '../database/app-pool.ts';
import type { Appended, CompartmentTurn } from './document-store.ts';
import type { LoggedChange, LoggedConflict, LoggedEntry } from './log-entry.ts';

export async function appendTurns(
  database: Queryable,
  turns: readonly CompartmentTurn[],
  accessVersion: number,
): Promise<Appended> {
  const { rows } = await database.query<{ written: string[] | null }>(
    appendStatement,
    [accessVersion, ...headColumns(turns), ...rowColumns(turns)],
    'append_turns',
  );
  const written = rows[0]?.written ?? null;

  return written === null
    ? { outcome: 'access-moved' }
    : { outcome: 'appended', compartments: new Set(written) };
}

interface Of<Row> {
  readonly compartment: string;
  readonly row: Row;
}

type Column<Row> = (rows: readonly Row[]) => Buffer;

function column<Row, Value>(
  encode: (values: readonly (Value | null)[]) => Buffer,
  read: (row: Row) => Value | null,
): Column<Row> {
  return (rows) => encode(rows.map(read));
}

const headColumnsOf: readonly Column<CompartmentTurn>[] = [
  column(textArray, ({ compartment }) => compartment),
  column(byteaArray, ({ from }) => from.frontier),
  column(bigintArray, ({ turn }) => turn.head.seq),
  column(byteaArray, ({ turn }) => turn.head.frontier),
];

const entryColumns: readonly Column<LoggedEntry>[] = [
  column(textArray, ({ meta }) => meta.log),
  column(bigintArray, ({ meta }) => meta.seq),
  column(textArray, ({ meta }) => meta.document),
  column(integerArray, ({ meta }) => meta.generation),
  column(textArray, ({ meta }) => meta.action),
  column(textArray, ({ meta }) => meta.outcome),
  column(uuidArray, ({ meta }) => meta.actor),
  column(textArray, ({ meta }) => meta.party),
  column(jsonbArray, ({ meta }) => JSON.stringify(meta.roles)),
  column(textArray, ({ meta }) => meta.session),
  column(timestampArray, ({ meta }) => meta.recordedAt),
  column(textArray, ({ meta }) => meta.edit),
  column(bigintArray, ({ meta }) => meta.clientId),
  column(bigintArray, ({ meta }) => meta.clock),
  column(bigintArray, ({ meta }) => meta.seen),
  column(bigintArray, ({ meta }) => meta.accessVersion),
  column(integerArray, ({ meta }) => meta.schemaVersion),
  column(byteaArray, ({ payload }) => payload.update),
  column(jsonbArray, ({ payload }) => JSON.stringify(payload.changes)),
  column(byteaArray, ({ payload }) => payload.salt),
  column(byteaArray, ({ leaf }) => leaf),
];

const changeColumns: readonly Column<Of<LoggedChange>>[] = [
  column(textArray, ({ compartment }) => compartment),
  column(textArray, ({ row }) => row.register),
  column(textArray, ({ row }) => row.record),
  column(textArray, ({ row }) => row.field),
  column(bigintArray, ({ row }) => row.seq),
  column(jsonbArray, ({ row }) => JSON.stringify(row.old)),
  column(jsonbArray, ({ row }) => JSON.stringify(row.new)),
  column(uuidArray, ({ row }) => row.person),
  column(timestampArray, ({ row }) => row.recordedAt),
];

const conflictColumns: readonly Column<Of<LoggedConflict>>[] = [
  column(textArray, ({ compartment }) => compartment),
  column(textArray, ({ row }) => row.document),
  column(bigintArray, ({ row }) => row.seq),
  column(textArray, ({ row }) => row.record),
  column(textArray, ({ row }) => row.field),
  column(jsonbArray, ({ row }) => JSON.stringify(row.kept.value)),
  column(uuidArray, ({ row }) => row.kept.person),
  column(jsonbArray, ({ row }) => JSON.stringify(row.other.value)),
  column(uuidArray, ({ row }) => row.other.person),
];

function headColumns(turns: readonly CompartmentTurn[]): readonly Buffer[] {
  return headColumnsOf.map((encode) => encode(turns));
}

function rowColumns(turns: readonly CompartmentTurn[]): readonly Buffer[] {
  const entries = turns.flatMap(({ turn }) => turn.entries);
  const changes = withCompartment(turns, ({ changes }) => changes);
  const conflicts = withCompartment(turns, ({ conflicts }) => conflicts);

  return [
    ...entryColumns.map((encode) => encode(entries)),
    ...changeColumns.map((encode) => encode(changes)),
    ...conflictColumns.map((encode) => encode(conflicts)),
  ];
}

function withCompartment<Row>(
  turns: readonly CompartmentTurn[],
  rowsOf: (turn: CompartmentTurn['turn']) => readonly Row[],
): readonly Of<Row>[] {
  return turns.flatMap(({ compartment, turn }) =>
    rowsOf(turn).map((row) => ({ compartment, row })),
  );
}

const parameters =
  1 + headColumnsOf.length + entryColumns.length + changeColumns.length + conflictColumns.length;
const appendStatement = `select append_turns(${Array.from(
  { length: parameters },
  (_, index) => `$${String(index + 1)}`,
).join(', ')}) as written`;
