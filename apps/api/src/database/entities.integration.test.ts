/** The entities say of their tables what the schema says: no column more or less, of the same type, as nullable. */
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authEntities } from '../auth/auth.module.ts';
import { createServingDataSource } from './data-source.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';

interface ColumnRow {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly primary: boolean;
}

let database: TestDatabase;
let source: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await createServingDataSource(database.databaseUrl, authEntities).initialize();
});

afterAll(async () => {
  await source.destroy();
  await database.drop();
});

/** In the words of the catalogue, as `text[]` or `timestamp with time zone`. */
async function columnsOf(table: string): Promise<readonly ColumnRow[]> {
  return source.query<ColumnRow[]>(
    `select attname as column, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
       exists (select from pg_index where indrelid = attrelid and indisprimary and attnum = any(indkey)) as primary
     from pg_attribute where attrelid = to_regclass($1) and attnum > 0 and not attisdropped order by attname`,
    [table],
  );
}

const catalogueNames: Readonly<Record<string, string>> = {
  timestamptz: 'timestamp with time zone',
};

describe.each(authEntities.map((entity) => [entity.name, entity] as const))(
  '%s',
  (_name, entity) => {
    it('is its table', async () => {
      const { tableName, columns } = source.getMetadata(entity);
      const declared = columns
        .map(({ databaseName, type, isArray, isNullable, isPrimary }) => ({
          column: databaseName,
          type: `${catalogueNames[type as string] ?? String(type)}${isArray ? '[]' : ''}`,
          nullable: isNullable,
          primary: isPrimary,
        }))
        .sort((a, b) => (a.column < b.column ? -1 : 1));

      expect(declared).toEqual(await columnsOf(tableName));
      expect(declared).not.toHaveLength(0);
    });
  },
);

describe('the data source of the app', () => {
  it('knows every entity, and never makes or changes a table by itself', () => {
    expect(source.entityMetadatas.map(({ tableName }) => tableName).toSorted()).toEqual([
      'party',
      'person',
    ]);
    expect(source.options.synchronize).toBe(false);
    expect(source.options.migrationsRun).toBe(false);
  });
});
