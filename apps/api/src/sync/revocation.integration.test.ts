/** Revoked is out (D6): of who loses a right, no edit is committed after the loss is, however busy the rooms are. */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode, TestPerson } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let node: TestNode;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  await (await node.open(workspace.people.usa, document)).commit({ mine: project('Mine') });
});

afterAll(async () => {
  await workspace.remove();
});

/**
 * Every change of rights moves the access version in its own transaction.
 * @returns the head of the compartment when it happened.
 */
async function revoke(statement: string, values: readonly unknown[]): Promise<number> {
  const client = await workspace.superuser.connect();
  await client.query('begin');
  // As long as the application waits for a lock, and longer than it may take.
  await client.query("set local lock_timeout = '2s'");
  await client.query('update access_version set version = version + 1');
  await client.query(statement, [...values]);
  // With the access row taken: what is committed before the revocation is committed now.
  const { rows } = await client.query<{ seq: string }>(
    'select seq from compartment_head where compartment = $1',
    [compartment],
  );
  await client.query('commit');
  client.release();

  return Number(rows[0]?.seq);
}

const losses = [
  ['his account', 'update person set disabled_at = now() where id = $1', 'session.ended'],
  [
    'his session',
    `delete from session where sess -> 'passport' ->> 'user' = $1::text`,
    'session.ended',
  ],
  ['his role', `update person set roles = '{observer}' where id = $1`, 'access.denied'],
] as const;

describe.each(losses)('a person who loses %s', (_what, statement, code) => {
  it('commits nothing later, on any node, under load', async () => {
    const leaver = await workspace.addPerson('JPN');
    const other = await workspace.node();
    await node.rooms.readAccess();
    const leaving = [
      await node.open(leaver, document),
      await other.open(leaver, document),
      await node.open(leaver, document),
    ];
    const staying = await other.open(workspace.people.usa, document);
    let isOver = false;
    const write = async (client: TestClient, key: string) => {
      for (let count = 0; !isOver; count += 1) {
        const answer = await client.set({ [key]: `x${String(count)}` });
        if (answer.status === 'rejected') return answer.code;
        await turnOfTheLoop();
      }

      return undefined;
    };
    const leavers = leaving.map((client, index) => write(client, `mine/${fields[index] ?? ''}`));
    const stayer = write(staying, 'mine/sponsors');
    await expect.poll(() => workspace.headOf(compartment)).toBeGreaterThan(8);

    const head = await revoke(statement, [leaver.id]);

    expect(await Promise.all(leavers)).toEqual([code, code, code]);
    await expect.poll(() => lastAdmittedOf(workspace.people.usa)).toBeGreaterThan(head);
    isOver = true;
    expect(await stayer).toBeUndefined();
    expect(await lastAdmittedOf(leaver)).toBeLessThanOrEqual(head);
  });
});

const fields = ['notes', 'status', 'nameJa'];

async function lastAdmittedOf({ id }: TestPerson): Promise<number> {
  const [row] = await workspace.rows<{ seq: string }>(
    `select max(seq) as seq from log_entry where compartment = $1 and actor = $2 and outcome = 'admitted'`,
    [compartment, id],
  );

  return Number(row?.seq);
}

describe('a change of rights', () => {
  it('waits for the turns that run when it is asked for, and for none that begins later', async () => {
    const busy = await workspace.addCompartment();
    await node.rooms.readAccess();
    const [before, after] = [
      await node.open(workspace.people.usa, `${busy}/project`),
      await node.open(workspace.people.usa, document),
    ];
    const held = await workspace.holdHead(busy);
    const running = before.commit({ plant: project('Plant') });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    const changing = revoke('update party set name_en = name_en where iso3 = $1', ['FRA']);
    await expect
      .poll(() =>
        workspace.rows(`select from pg_stat_activity where query like 'update access_%'
        and datname = current_database() and wait_event_type = 'Lock'`),
      )
      .toHaveLength(1);
    const later = after.commit({ 'mine/notes': 'begun later' });
    // Time in which it would have been committed, were it not behind the change.
    await Promise.race([later, workspace.rows('select pg_sleep(0.3)')]);
    await held.release();
    await Promise.all([running, changing, later]);

    const rows = await workspace.rows<{ compartment: string; access_version: string }>(
      `select compartment, access_version from log_entry
       where compartment = any($1) and (compartment = $2 or seq > 1)`,
      [[busy, compartment], busy],
    );
    const versionOf = (place: string) =>
      Number(rows.find((row) => row.compartment === place)?.access_version);
    expect(versionOf(compartment)).toBe(versionOf(busy) + 1);
  });
});

describe('a compartment that a party is no longer in', () => {
  it('is closed to its sockets, and answers like one that does not exist', async () => {
    const aus = await node.open(workspace.people.aus, document);
    const usa = await node.open(workspace.people.usa, document);
    node.rooms.onAccessChange(() => {
      aus.socket.reviewRights();
      usa.socket.reviewRights();
    });

    await revoke(`update compartment set parties = '{USA,JPN}' where id = $1`, [compartment]);
    await node.rooms.readAccess();
    const known = aus.received.length;
    await usa.commit({ 'mine/notes': 'among ourselves' });
    await expect.poll(() => usa.cells.get('mine/notes')).toBe('among ourselves');
    const ask = (name: string) =>
      aus.socket.handlers.open({ document: name, protocol: 1, device: 'test-device' });

    expect(aus.sent('closed')).toEqual([{ document, code: 'access.denied' }]);
    expect(aus.received).toHaveLength(known);
    expect(usa.sent('rights')).toHaveLength(1);
    expect(await ask(document)).toEqual(await ask('nowhere/project'));
    expect(await aus.set({ 'mine/notes': 'still here?' })).toMatchObject({
      code: 'access.denied',
    });
  });

  it('is not opened by who lost it while he was opening it', async () => {
    const aus = node.connect(workspace.people.aus);
    node.rooms.onAccessChange(() => {
      aus.socket.reviewRights();
    });
    const held = await workspace.hold('lock table client_lease in exclusive mode');
    const opening = aus.socket.handlers.open({ document, protocol: 1, device: 'test-device' });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    await revoke(`update compartment set parties = '{USA,JPN}' where id = $1`, [compartment]);
    await node.rooms.readAccess();
    await held.release();

    expect(await opening).toMatchObject({ status: 'refused', code: 'access.denied' });
  });
});
