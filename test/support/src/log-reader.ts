/** A compartment's log as the database holds it, read past the product. */
import { withDatabase } from './database-client.ts';

export interface LoggedEdit {
  readonly seq: number;
  readonly edit: string | null;
  /** The texts it wrote; a refused one wrote none. */
  readonly values: readonly string[];
  /** The names it gave to records. */
  readonly names: readonly (readonly [record: string, name: string])[];
}

export interface Log {
  /** Every entry, the refused ones too, in order. */
  readonly entries: readonly LoggedEdit[];
  /** The number of the head row. */
  readonly head: number;
}

interface Row {
  readonly seq: string;
  readonly edit: string | null;
  readonly outcome: string;
  readonly changes: readonly LoggedChange[];
}

interface LoggedChange {
  readonly record: string;
  /** Empty for a birth. */
  readonly field: string;
  readonly new?: unknown;
}

export async function readLog(databaseUrl: string, compartment: string): Promise<Log> {
  return withDatabase(databaseUrl, async (database) => {
    // One snapshot for both, since somebody may still be writing.
    await database.query('begin isolation level repeatable read read only');
    const { rows } = await database.query<Row>(
      'select seq, edit, outcome, changes from log_entry where compartment = $1 order by seq',
      [compartment],
    );
    const heads = await database.query<{ seq: string }>(
      'select seq from compartment_head where compartment = $1',
      [compartment],
    );

    return { entries: rows.map(toLoggedEdit), head: Number(heads.rows[0]?.seq ?? 0) };
  });
}

function toLoggedEdit({ seq, edit, outcome, changes }: Row): LoggedEdit {
  const admitted = outcome === 'admitted';

  return {
    seq: Number(seq),
    edit: admitted ? edit : null,
    values: admitted ? changes.flatMap((change) => textsOf(change.new)) : [],
    names: admitted ? changes.flatMap(nameOf) : [],
  };
}

/** A cell is one text; a birth is an object of them. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];

  return Object.values(value).filter((text) => typeof text === 'string');
}

function nameOf({ record, field, new: value }: LoggedChange): readonly [string, string][] {
  if (field === 'name' && typeof value === 'string') return [[record, value]];
  if (field !== '' || typeof value !== 'object' || value === null || !('name' in value)) return [];

  return typeof value.name === 'string' ? [[record, value.name]] : [];
}
