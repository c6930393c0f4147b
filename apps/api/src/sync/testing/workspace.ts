/** A small workspace on a real database: some people with sessions, and as many compartments and nodes as a test wants. */
import { randomUUID } from 'node:crypto';
import type { Role } from '@lodestone/access-policy';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../database/testing/test-database.ts';
import { TestNode, type NodeOptions, type TestPerson } from './node.ts';

const accounts = {
  usa: ['USA', 'editor'],
  usaApprover: ['USA', 'approver'],
  jpn: ['JPN', 'editor'],
  aus: ['AUS', 'editor'],
  fra: ['FRA', 'editor'],
} as const satisfies Record<string, readonly [string, Role]>;

type Account = keyof typeof accounts;

const arrangement = `
  insert into party select code, code, code from unnest(array['USA', 'JPN', 'AUS', 'FRA']) as code`;

export class TestWorkspace {
  readonly database: TestDatabase;
  readonly people: Readonly<Record<Account, TestPerson>>;
  /** May arrange and look at anything. */
  readonly superuser: pg.Pool;
  readonly #nodes: TestNode[] = [];
  #compartments = 0;

  private constructor(database: TestDatabase, people: TestWorkspace['people']) {
    this.database = database;
    this.people = people;
    this.superuser = new pg.Pool({ connectionString: database.superuserUrl, max: 4 });
    this.superuser.on('error', () => undefined);
  }

  static async create(): Promise<TestWorkspace> {
    // Failures are what many of these tests are about.
    Logger.overrideLogger(false);
    const people = Object.fromEntries(
      Object.entries(accounts).map(([name, [party]]) => [
        name,
        { id: randomUUID(), session: `session-of-${name}`, party },
      ]),
    ) as unknown as TestWorkspace['people'];
    const workspace = new TestWorkspace(await createTestDatabase(), people);
    await workspace.superuser.query(arrangement);
    for (const [name, [, role]] of Object.entries(accounts)) {
      await workspace.#insertPerson(people[name as Account], { name, role });
    }

    return workspace;
  }

  /** A process that serves this database. */
  async node(options: NodeOptions = {}): Promise<TestNode> {
    const node = await TestNode.start(this.database.databaseUrl, options);
    this.#nodes.push(node);

    return node;
  }

  /** An empty compartment of USA, AUS and JPN. A node that runs already learns of it when it looks. */
  async addCompartment(): Promise<string> {
    const id = `compartment-${String((this.#compartments += 1))}`;
    await this.superuser.query(
      `with made as (insert into compartment (id, name_en, name_ja, marking, owner_party, parties)
         values ($1, 'Allied', '同盟国', 'REL TO USA, AUS, JPN', 'USA', '{USA,AUS,JPN}') returning id),
       version as (update access_version set version = version + 1)
       insert into compartment_head (compartment) select id from made`,
      [id],
    );

    return id;
  }

  async addPerson(party: string, role: Role = 'editor'): Promise<TestPerson> {
    const person = { id: randomUUID(), session: randomUUID(), party };
    await this.#insertPerson(person, { name: person.id, role });

    return person;
  }

  async addSession(sid: string, person: string): Promise<void> {
    await this.superuser.query(
      `insert into session (sid, sess, expire) values ($1, $2, now() + interval '1 hour')`,
      [sid, { passport: { user: person } }],
    );
  }

  /** Rows as the superuser sees them; `bigint` reads as text. */
  async rows<Row extends pg.QueryResultRow>(
    text: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    return (await this.superuser.query<Row>(text, [...values])).rows;
  }

  async headOf(compartment: string): Promise<number> {
    const [row] = await this.rows<{ seq: string }>(
      'select seq from compartment_head where compartment = $1',
      [compartment],
    );

    return Number(row?.seq);
  }

  /** Takes a row as another process would; what waits for it waits until it is released. */
  async hold(statement: string): Promise<{ release(): Promise<void> }> {
    const client = await this.superuser.connect();
    await client.query('begin');
    await client.query(statement);

    return {
      release: async () => {
        await client.query('commit');
        client.release();
      },
    };
  }

  async holdHead(compartment: string) {
    return this.hold(
      `select from compartment_head where compartment = '${compartment}' for update`,
    );
  }

  /** The connection of a process that serves and waits for a lock now. */
  async blocked(): Promise<number | undefined> {
    const [row] = await this.rows<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and usename = 'lodestone_app'
         and wait_event_type = 'Lock'`,
    );

    return row?.pid;
  }

  /** Ends every connection of those who serve, as a restart of the server does. */
  async cutConnections(): Promise<void> {
    await this.superuser.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and usename = 'lodestone_app'`,
    );
  }

  /** Cuts every connection of those who serve and takes no new one while the work is done. */
  async whileDown(work: () => Promise<void>): Promise<void> {
    const name = new URL(this.database.superuserUrl).pathname.slice(1);
    await this.superuser.query(`alter database ${name} connection limit 0`);
    try {
      await this.cutConnections();
      await work();
    } finally {
      await this.superuser.query(`alter database ${name} connection limit -1`);
    }
  }

  async #insertPerson(
    { id, session, party }: TestPerson,
    { name, role }: { readonly name: string; readonly role: Role },
  ): Promise<void> {
    await this.superuser.query(
      `with version as (update access_version set version = version + 1)
       insert into person (id, email, name, party, roles) values ($1, $2, $3, $4, $5)`,
      [id, `${name}@lodestone.example`, name, party, [role]],
    );
    await this.addSession(session, id);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#nodes.map((node) => node.stop()));
    await this.superuser.end();
    await this.database.drop();
  }
}
