/** What the role that serves may not do to what is recorded, tried statement by statement. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

/** The columns that the app may change, by table; of every other table none. */
const mayUpdate: Readonly<Record<string, readonly string[]>> = {
  access_version: ['id', 'version'],
  compartment_head: ['seq', 'frontier'],
  document: ['generation'],
  party: ['name_en', 'name_ja'],
  person: ['name', 'party', 'roles', 'password_hash', 'language', 'disabled_at'],
  read_position: ['person', 'document', 'seq'],
  session: ['sid', 'sess', 'expire'],
  snapshot: ['document', 'generation', 'seq', 'state'],
};
const mayDelete = ['session'];
const mayNotInsert = ['access_version', 'migration'];
const noRight = '42501';

let database: TestDatabase;
let app: pg.Pool;
let columns: readonly { readonly table: string; readonly column: string }[];
let tables: readonly string[];

beforeAll(async () => {
  database = await createTestDatabase();
  app = new pg.Pool({ connectionString: database.databaseUrl, max: 1 });
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
  const found = await owner.query<{ table: string; column: string }>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' order by 1, 2`,
  );
  columns = found.rows;
  tables = [...new Set(columns.map(({ table }) => table))];
  await owner.end();
});

afterAll(async () => {
  await app.end();
  await database.drop();
});

/** 'done', or the code of the refusal; nothing is kept. */
async function attempt(statement: string): Promise<string> {
  await app.query('begin');
  try {
    await app.query(statement);

    return 'done';
  } catch (error) {
    return (error as { code?: string }).code ?? 'unknown';
  } finally {
    await app.query('rollback');
  }
}

describe('the role of the app', () => {
  it('finds all the tables of the workspace', () => {
    expect(tables).toEqual(expect.arrayContaining(['log_entry', 'cell_change', 'conflict']));
    expect(Object.keys(mayUpdate).filter((table) => !tables.includes(table))).toEqual([]);
  });

  it('changes the columns of this list, and no other', async () => {
    const changeable: Record<string, string[]> = {};
    for (const { table, column } of columns) {
      const answer = await attempt(`update ${table} set ${column} = ${column} where false`);
      if (answer === 'done') (changeable[table] ??= []).push(column);
      else expect(answer).toBe(noRight);
    }

    const sorted = (list: Readonly<Record<string, readonly string[]>>) =>
      Object.fromEntries(Object.entries(list).map(([table, own]) => [table, own.toSorted()]));
    expect(sorted(changeable)).toEqual(sorted(mayUpdate));
  });

  it('deletes sessions alone, and empties no table', async () => {
    for (const table of tables) {
      const isAllowed = mayDelete.includes(table);
      expect(`${table}: ${await attempt(`delete from ${table} where false`)}`).toBe(
        `${table}: ${isAllowed ? 'done' : noRight}`,
      );
      expect(`${table}: ${await attempt(`truncate ${table} cascade`)}`).toBe(
        `${table}: ${noRight}`,
      );
    }
  });

  it('adds no second access row and no migration', async () => {
    for (const table of mayNotInsert)
      expect(await attempt(`insert into ${table} default values`)).toBe(noRight);
  });

  it.each([
    'create table mine (id int)',
    'create temporary table mine (id int)',
    'alter table log_entry add column more text',
    'alter table log_entry disable trigger all',
    'drop table log_entry',
    'drop index log_entry_edit_key',
    'create rule forget as on insert to log_entry do instead nothing',
    'create trigger forget before insert on log_entry for each row execute function suppress_redundant_updates_trigger()',
    'create function mine() returns int language sql as $$ select 1 $$',
    'grant delete on log_entry to lodestone_app; delete from log_entry',
    'set role lodestone_owner',
    'set session authorization postgres',
    'set session_replication_role = replica',
    `copy log_entry to program 'cat'`,
    `copy log_entry from '/etc/passwd'`,
    `select pg_read_file('/etc/passwd')`,
  ])('may not: %s', async (statement) => {
    expect(await attempt(statement)).toMatch(/^(42501|0L000|42P17)$/);
  });
});
