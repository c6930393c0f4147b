/** The log proves itself (D4), and its projection says what the documents say, at every entry (D8), after any edits. */
import {
  appendLeaf,
  encodeFrontier,
  entryLeaf,
  type EntryMeta,
  type EntryPayload,
  type Hash,
} from '@lodestone/audit-log';
import { findRegister, RegisterRecords, type Register } from '@lodestone/document-model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { project, type TestClient } from './testing/client.ts';
import { projectWrite, type Write } from './testing/random-writes.ts';
import { TestWorkspace } from './testing/workspace.ts';

const register = findRegister('project') as Register;

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

afterAll(async () => {
  await workspace.remove();
});

interface EntryRow {
  readonly compartment: string;
  readonly seq: string;
  readonly document: string;
  readonly generation: number;
  readonly action: string;
  readonly outcome: EntryMeta['outcome'];
  readonly actor: string;
  readonly party: string;
  readonly roles: readonly string[];
  readonly session: string;
  readonly recorded_at: Date;
  readonly edit: string | null;
  readonly client_id: string;
  readonly clock: string;
  readonly seen: string;
  readonly access_version: string;
  readonly schema_version: number;
  readonly update: Uint8Array | null;
  readonly changes: EntryPayload['changes'];
  readonly salt: Uint8Array;
  readonly leaf: Uint8Array;
}

/** What an outsider computes from a row. */
function leafOf(row: EntryRow): Hash {
  const meta: EntryMeta = {
    version: 1,
    log: row.compartment,
    seq: Number(row.seq),
    action: row.action,
    outcome: row.outcome,
    recordedAt: row.recorded_at.toISOString(),
    actor: row.actor,
    party: row.party,
    roles: row.roles,
    session: row.session,
    document: row.document,
    generation: row.generation,
    edit: row.edit,
    clientId: Number(row.client_id),
    clock: Number(row.clock),
    seen: Number(row.seen),
    accessVersion: Number(row.access_version),
    schemaVersion: row.schema_version,
  };

  return entryLeaf(meta, { salt: row.salt, update: row.update, changes: row.changes });
}

/** The first thing that does not fit, or undefined. */
async function findFault(compartment: string): Promise<string | undefined> {
  const rows = await workspace.rows<EntryRow>(
    'select * from log_entry where compartment = $1 order by seq',
    [compartment],
  );
  let frontier: readonly Hash[] = [];
  for (const [index, row] of rows.entries()) {
    const leaf = leafOf(row);
    if (Number(row.seq) !== index + 1) return `a gap before ${row.seq}`;
    if (!Buffer.from(leaf).equals(row.leaf)) return `entry ${row.seq}`;
    frontier = appendLeaf(frontier, index, leaf);
  }
  const [head] = await workspace.rows<{ seq: string; frontier: Buffer }>(
    'select seq, frontier from compartment_head where compartment = $1',
    [compartment],
  );
  if (Number(head?.seq) !== rows.length) return 'the number of the head';

  return head?.frontier.equals(encodeFrontier(frontier)) === true ? undefined : 'the frontier';
}

/** The records of every moment, once from the updates and once from the projection. */
async function findDrift(compartment: string): Promise<readonly number[]> {
  const updates = await workspace.rows<{ seq: string; update: Uint8Array }>(
    `select seq, update from log_entry where compartment = $1 and outcome = 'admitted' order by seq`,
    [compartment],
  );
  const changes = await workspace.rows<{ seq: string; key: string; new: unknown }>(
    `select seq, record || case field when '' then '' else '/' || field end as key, new from cell_change
     where compartment = $1 order by seq`,
    [compartment],
  );
  const replayed = new Y.Doc();
  const projected = new Map<string, unknown>();

  return updates.flatMap(({ seq, update }) => {
    Y.applyUpdate(replayed, update);
    for (const change of changes) if (change.seq === seq) projected.set(change.key, change.new);
    const fromUpdates = readAll(replayed.getMap(register.name));
    const fromProjection = readAll(projected);

    return fromUpdates === fromProjection ? [] : [Number(seq)];
  });
}

function readAll(cells: ConstructorParameters<typeof RegisterRecords>[1]): string {
  const records = new RegisterRecords(register, cells);
  const fields = [...records.ids()].sort().map((id) => [id, canonical(records.get(id)?.fields)]);

  return JSON.stringify(fields);
}

/** JSON whose objects have their keys in order: PostgreSQL keeps them in another. */
function canonical(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;

  return Object.entries(value)
    .map(([key, member]) => [key, canonical(member)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

async function perform(writes: readonly Write[]): Promise<string> {
  const compartment = await workspace.addCompartment();
  const document = `${compartment}/project`;
  const { usa, jpn, aus } = workspace.people;
  const nodes = [await workspace.node(), await workspace.node()] as const;
  const arranging = await nodes[0].open(usa, document);
  const seen = await arranging.commit(
    Object.fromEntries(['r0', 'r1', 'r2'].map((id) => [id, shared(id)])),
  );
  const clients = [
    await nodes[0].open(usa, document),
    await nodes[0].open(jpn, document),
    await nodes[1].open(usa, document),
    await nodes[1].open(aus, document),
  ];
  // In bursts, without waiting for each other; after a refusal a client begins anew.
  const write = async (client: TestClient, own: readonly Write[]) => {
    for (let first = 0; first < own.length; first += burst) {
      const answers = await Promise.all(
        own
          .slice(first, first + burst)
          .map(({ values, isBlind }) => client.set(values, isBlind ? { seen } : {})),
      );
      if (answers.some(({ status }) => status !== 'committed')) await beginAnew(client, document);
    }
  };
  await Promise.all(
    clients.map((client, index) =>
      write(
        client,
        writes.filter(({ who }) => who === index),
      ),
    ),
  );
  await Promise.all(nodes.map((node) => node.stop()));

  return compartment;
}

const burst = 3;

function shared(name: string): object {
  return project(name, { parties: ['AUS', 'JPN', 'USA'], materials: ['dy'], notes: 'first' });
}

async function beginAnew(client: TestClient, document: string): Promise<void> {
  await client.socket.handlers.leave({ document });
  await client.open(document);
}

describe('after any edits of several people on two nodes', () => {
  it('every leaf and the frontier verify, and the projection is the documents, at every entry', async () => {
    const compartments: string[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(projectWrite, { minLength: 20, maxLength: 60 }), async (writes) => {
        const compartment = await perform(writes);

        expect(await findFault(compartment)).toBeUndefined();
        expect(await findDrift(compartment)).toEqual([]);
        compartments.push(compartment);
      }),
      { numRuns: 6, endOnFailure: true },
    );

    // Otherwise the edits were too tame to tell anything.
    const [seen] = await workspace.rows(
      `select bool_or(outcome = 'refused') as refused, bool_or(changes @> '[{"outcome": "lost"}]') as lost,
         bool_or(changes @> '[{"outcome": "won"}]') as won,
         (select count(*)::int from conflict where compartment = any($1)) > 5 as conflicts
       from log_entry where compartment = any($1)`,
      [compartments],
    );
    expect(seen).toEqual({ refused: true, lost: true, won: true, conflicts: true });
  });
});

describe('a log that somebody has altered', () => {
  let compartment: string;

  beforeAll(async () => {
    const writes = fc.sample(projectWrite, { numRuns: 12, seed: 1 });
    compartment = await perform(writes);
    expect(await findFault(compartment)).toBeUndefined();
  });

  it.each([
    ['a bit of an update', 'update = set_byte(update, 9, get_byte(update, 9) # 1)'],
    ['its author', 'actor = gen_random_uuid()'],
    ['its time', `recorded_at = recorded_at + interval '1 millisecond'`],
    ['what the author had seen', 'seen = seen + 1'],
    ['what it changed', `changes = jsonb_set(changes, '{0,new}', '"x"')`],
    ['its salt', 'salt = set_byte(salt, 0, get_byte(salt, 0) # 128)'],
    ['its leaf', 'leaf = set_byte(leaf, 31, get_byte(leaf, 31) # 1)'],
  ])('is found where %s is another', async (_what, alteration) => {
    const client = await workspace.superuser.connect();
    await client.query(
      'create temporary table kept as select * from log_entry where compartment = $1 and seq = 1',
      [compartment],
    );
    const restore = `delete from log_entry where compartment = '${compartment}' and seq = 1;
      insert into log_entry select * from kept; drop table kept`;
    try {
      await client.query(
        `update log_entry set ${alteration} where compartment = '${compartment}' and seq = 1`,
      );

      expect(await findFault(compartment)).toBe('entry 1');
    } finally {
      await client.query(restore);
      client.release();
    }
  });

  it('is found where an entry is missing, or where the head says another tree', async () => {
    const client = await workspace.superuser.connect();
    const attempt = async (statement: string) => {
      await client.query(
        'create temporary table kept as select * from compartment_head where compartment = $1',
        [compartment],
      );
      await client.query(statement);
      const fault = await findFault(compartment);
      await client.query(`delete from compartment_head where compartment = '${compartment}';
        insert into compartment_head select * from kept; drop table kept`);

      return fault;
    };

    expect(
      await attempt(
        `update compartment_head set seq = seq + 1 where compartment = '${compartment}'`,
      ),
    ).toBe('the number of the head');
    expect(
      await attempt(
        `update compartment_head set frontier = set_byte(frontier, 0, get_byte(frontier, 0) # 1)
         where compartment = '${compartment}'`,
      ),
    ).toBe('the frontier');
    await client.query(`delete from log_entry where compartment = '${compartment}' and seq = 2`);
    client.release();
    expect(await findFault(compartment)).toBe('a gap before 3');
  });
});
