/** The sample loads once; what was interrupted goes on where it was. */
import { recordsAnswerSchema, recordsPath, routes } from '@lodestone/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emailOf } from '../auth/testing/serving.ts';
import { ServedWorkspace } from '../testing/served-workspace.ts';
import { SampleLoader } from './sample-loader.service.ts';
import { sampleWorkspace } from './sample-workspace.ts';

const password = 'only for tests, 磁石';

let workspace: ServedWorkspace;

beforeAll(async () => {
  workspace = await ServedWorkspace.start();
});

afterAll(async () => {
  await workspace.stop();
});

const load = () => workspace.serving.app.get(SampleLoader).load(password);

async function count(what: string): Promise<number> {
  const [row] = await workspace.owner.query<{ count: string }[]>(`select count(*) from ${what}`);

  return Number(row?.count);
}

/** The records of every register, as its reader in another country sees them. */
async function readAll(): Promise<ReadonlyMap<string, readonly unknown[]>> {
  const reader = workspace.serving.browser();
  await reader.signIn(emailOf('can.editor'), password);
  const read = async (register: string) => {
    const response = await reader.call(recordsPath('public', register));

    return [register, recordsAnswerSchema.parse(await response.json()).records] as const;
  };

  return new Map(await Promise.all([...sampleWorkspace.records.keys()].map(read)));
}

/** What stands in the files, as a record reads. */
function expected(register: string): readonly unknown[] {
  return (sampleWorkspace.records.get(register) ?? [])
    .map(({ id, fields }) => ({
      id,
      fields: Object.fromEntries(
        Object.entries(fields).flatMap(([name, value]) => {
          if (value === null || (Array.isArray(value) && value.length === 0)) return [];

          return [[name, Array.isArray(value) ? value.toSorted() : value]];
        }),
      ),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

describe('the sample', () => {
  it('is interrupted, and goes on at the next start where it was', async () => {
    await workspace.owner.query(`
      create function stop_here() returns trigger language plpgsql as $$ begin
        if new.edit = 'sample-project-0' then raise exception 'interrupted'; end if; return new; end $$;
      create trigger stop_here before insert on log_entry for each row execute function stop_here()`);
    await expect(load()).rejects.toThrow('sample-project-0');
    const before = await count('log_entry');
    await workspace.owner.query('drop trigger stop_here on log_entry');

    expect(await load()).toBe(false);

    expect(before).toBeGreaterThan(0);
    // That it was not stored then stands in the log too.
    const admitted = `log_entry where outcome = 'admitted'`;
    expect(await count(admitted)).toBe(await count(`(select distinct edit from ${admitted}) as e`));
    for (const [register, records] of await readAll()) expect(records).toEqual(expected(register));
  });

  it('is loaded once', async () => {
    const entries = await count('log_entry');

    expect(await load()).toBe(false);

    expect(await count('log_entry')).toBe(entries);
    expect(await count('person')).toBe(sampleWorkspace.accounts.length);
    expect(await count('compartment_head')).toBe(sampleWorkspace.compartments.length);
  });

  it('gives every account its compartments', async () => {
    const seen = async (name: string) => {
      const browser = workspace.serving.browser();
      await browser.signIn(emailOf(name), password);
      const me = (await (await browser.call(routes.me)).json()) as {
        compartments: { id: string }[];
      };

      return me.compartments.map(({ id }) => id);
    };

    expect(await seen('usa.editor')).toEqual([
      ...['usa', 'bilateral', 'dysprosium', 'trilateral', 'allied', 'public'],
    ]);
    expect(await seen('can.editor')).toEqual(['can', 'allied', 'public']);
  });
});

describe('a workspace that is not the sample', () => {
  it('is left alone', async () => {
    const other = await ServedWorkspace.start();
    await other.addParties('USA');
    await other.addPerson('somebody', 'USA', 'secretariat');

    expect(await other.serving.app.get(SampleLoader).load(password)).toBe(false);

    const [row] = await other.owner.query<{ entries: string; people: string }[]>(
      'select (select count(*) from log_entry) as entries, (select count(*) from person) as people',
    );
    expect(row).toEqual({ entries: '0', people: '1' });
    await other.stop();
  });
});
