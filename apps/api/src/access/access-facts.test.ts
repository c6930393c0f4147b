/** The facts move forward only, and nobody who is signed in is overlooked while they are read. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Queryable } from '../database/app-pool.ts';
import { AccessFacts } from './access-facts.ts';

const emily = { id: 'emily', name: 'Emily', party: 'USA', roles: ['editor'], disabled: false };
const allied = {
  ...{ id: 'allied', name_en: 'Allied', name_ja: '同盟国', marking: 'REL TO USA, JPN' },
  ...{ parties: ['USA', 'JPN'], everyone: false },
};

/** A database that holds what the test says, and answers when the test lets it. */
class Tables implements Queryable {
  people: readonly object[] = [emily];
  readonly sessions = new Set<string>();
  #gates: { readonly of: string; readonly wait: Promise<void> }[] = [];

  /** The next query of this table has read its rows, but they arrive only when the gate is opened. */
  delay(table: string): () => void {
    let open = (): void => undefined;
    const wait = new Promise<void>((resolve) => {
      open = resolve;
    });
    this.#gates.push({ of: table, wait });

    return () => {
      open();
    };
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as the port declares it
  async query<Row>(text: string, values: readonly unknown[] = []): Promise<{ rows: Row[] }> {
    const table = /from (\w+)/.exec(text)?.[1] ?? '';
    const rows = this.#read(table, values[0] as readonly string[] | undefined);
    const gate = this.#gates.find((one) => one.of === table);
    this.#gates = this.#gates.filter((one) => one !== gate);
    await gate?.wait;

    return { rows: rows as Row[] };
  }

  #read(table: string, asked?: readonly string[]): readonly object[] {
    if (table === 'person') return this.people;
    if (table === 'compartment') return [allied];

    return [...this.sessions].filter((sid) => asked?.includes(sid) ?? true).map((sid) => ({ sid }));
  }
}

let tables: Tables;
let access: AccessFacts;

beforeEach(() => {
  tables = new Tables();
  access = new AccessFacts();
});

describe('reading the facts', () => {
  it('makes people, compartments and live sessions known', async () => {
    tables.sessions.add('live');
    await access.refresh(tables, 3);

    expect(access.version).toBe(3);
    expect(access.person('emily')).toEqual({
      actor: { person: 'emily', party: 'USA', roles: ['editor'] },
      name: 'Emily',
      disabled: false,
    });
    expect(access.compartment('allied')?.audience).toEqual({
      everyone: false,
      parties: ['USA', 'JPN'],
    });
    expect([access.isLive('live'), access.isLive('other')]).toEqual([true, false]);
    expect([access.person('nobody'), access.compartment('nowhere')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('asks nothing where the version is known', async () => {
    await access.refresh(tables, 3);
    tables.people = [];
    await access.refresh(tables, 3);

    expect(access.person('emily')).toBeDefined();
  });

  it('that comes to its end late does not bring back what was revoked meanwhile', async () => {
    const open = tables.delay('person');
    const slow = access.refresh(tables, 3);
    tables.people = [{ ...emily, disabled: true }];
    await access.refresh(tables, 4);
    open();
    await slow;

    expect(access.version).toBe(4);
    expect(access.person('emily')?.disabled).toBe(true);
  });
});

describe('a session', () => {
  it('that has ended is forgotten when the version moves', async () => {
    tables.sessions.add('ending');
    await access.refresh(tables, 3);
    tables.sessions.delete('ending');
    await access.refresh(tables, 4);

    expect(access.isLive('ending')).toBe(false);
  });

  it('that connects while the sessions are read is not overlooked', async () => {
    const open = tables.delay('session');
    const reading = access.refresh(tables, 3);
    await Promise.resolve();
    tables.sessions.add('new');
    access.noteSession('new');
    open();
    await reading;

    expect(access.isLive('new')).toBe(true);
  });

  it('that connected, and ended while the sessions are read, is not kept', async () => {
    access.noteSession('gone');
    await access.refresh(tables, 3);

    expect(access.isLive('gone')).toBe(false);
  });
});
