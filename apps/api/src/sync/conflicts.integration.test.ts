/** Conflict is visible (D9): who is told what when two people change a cell, and what happens to the late one. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let node: TestNode;
let usa: TestClient;
let jpn: TestClient;
/** What both have seen. */
let seen: number;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  const first = await node.open(workspace.people.usa, document);
  seen = await first.commit({ mine: project('Mine', { materials: ['nd'] }), plant: project('P') });
  usa = await node.open(workspace.people.usa, document);
  jpn = await node.open(workspace.people.jpn, document);
});

afterAll(async () => {
  await workspace.remove();
});

async function conflicts(): Promise<readonly Record<string, unknown>[]> {
  return workspace.rows(
    `select seq, record, field, kept_value, kept_by, other_value, other_by from conflict
     where compartment = $1 order by seq`,
    [compartment],
  );
}

/** Everything here happened before the time in which one value wins. */
async function letTimePass(): Promise<TestNode> {
  await workspace.superuser.query(
    `update cell_change set recorded_at = recorded_at - interval '11 seconds' where compartment = $1`,
    [compartment],
  );

  return workspace.node();
}

describe('two edits of a cell within ten seconds', () => {
  it('leave one value, whichever wins, and tell both which', async () => {
    const clients = [usa, jpn].sort((a, b) => a.replica.clientID - b.replica.clientID);
    const [low, high] = clients as [TestClient, TestClient];
    const lowFirst = { low: low.write({ 'mine/notes': 'low' }), record: 'mine' };
    const highFirst = { high: high.write({ 'plant/notes': 'high' }), record: 'plant' };
    const lowSecond = low.write({ 'plant/notes': 'low' });
    const highSecond = high.write({ 'mine/notes': 'high' });
    await low.send(lowFirst.low, { seen });
    await high.send(highFirst.high, { seen });
    await low.send(lowSecond, { seen });
    await high.send(highSecond, { seen });

    const newcomer = await node.open(workspace.people.aus, document);
    const rows = await conflicts();
    expect(rows).toHaveLength(2);
    for (const { record, kept_value, other_value } of rows) {
      expect(kept_value).toBe(newcomer.cells.get(`${String(record)}/notes`));
      expect([kept_value, other_value].sort()).toEqual(['high', 'low']);
    }
    const changed = await workspace.rows(
      `select record, new from cell_change where compartment = $1 and field = 'notes' order by seq`,
      [compartment],
    );
    // One of the two later edits lost: it stands in the log and in the conflict, but it changed no cell.
    expect(changed).toHaveLength(3);
    expect(low.sent('conflict')).toEqual(high.sent('conflict'));
    expect(low.sent('conflict')).toHaveLength(2);
    expect(newcomer.sent('conflict')).toEqual([]);
  });

  it('name both people with what they wrote', async () => {
    await usa.commit({ 'mine/notes': 'from Washington' }, { seen });
    await expect.poll(() => jpn.cells.get('mine/notes')).toBe('from Washington');
    // His screen showed it only after he had begun to type.
    const seq = await jpn.commit({ 'mine/notes': 'from Tokyo' }, { seen });

    expect(jpn.sent('conflict')).toEqual([
      {
        ...{ document, seq, record: 'mine', field: 'notes' },
        kept: { value: 'from Tokyo', user: workspace.people.jpn.id, name: 'jpn', party: 'JPN' },
        other: {
          ...{ value: 'from Washington', user: workspace.people.usa.id, name: 'usa', party: 'USA' },
        },
      },
    ]);
  });

  it('are told again at each visit until they were shown', async () => {
    await usa.commit({ 'mine/notes': 'one' }, { seen });
    const seq = await jpn.commit({ 'mine/notes': 'two' }, { seen });
    const later = await node.open(workspace.people.usa, document);
    await expect.poll(() => later.sent('conflict')).toHaveLength(1);
    await later.socket.handlers.read({ document, seq });
    await later.socket.handlers.read({ document, seq: seq - 1 });
    const last = await node.open(workspace.people.usa, document);
    const other = await node.open(workspace.people.jpn, document);
    await expect.poll(() => other.sent('conflict')).toHaveLength(1);

    expect(last.sent('presence')).toHaveLength(1);
    expect(await node.store.unreadConflicts(document, workspace.people.usa.id)).toEqual([]);
    expect(last.sent('conflict')).toEqual([]);
  });
});

describe('no conflict', () => {
  it('is an edit of what its author had seen, of his own, or of another cell', async () => {
    const first = await usa.commit({ 'mine/notes': 'one' }, { seen });
    await usa.commit({ 'mine/notes': 'mine again' }, { seen });
    await jpn.commit({ 'mine/status': 'another cell' }, { seen });
    await expect.poll(() => jpn.seq).toBeGreaterThan(first);
    await jpn.commit({ 'mine/notes': 'seen' }, { seen: first + 1 });

    expect(await conflicts()).toEqual([]);
  });

  it('is claimed away by no one: what was not sent was not seen', async () => {
    const seq = await jpn.commit({ 'mine/notes': 'from Tokyo' }, { seen: Number.MAX_SAFE_INTEGER });

    const [entry] = await workspace.rows(
      'select seen from log_entry where compartment = $1 and seq = $2',
      [compartment, seq],
    );
    expect(Number(entry?.['seen'])).toBeLessThan(seq);
  });

  it('are two elements of a set; the same element is one', async () => {
    await usa.commit({ 'mine/materials/dy': true }, { seen });
    await jpn.commit({ 'mine/materials/tb': true }, { seen });
    expect(await conflicts()).toEqual([]);

    const seq = await jpn.commit({ 'mine/materials/dy': false }, { seen });

    expect(await conflicts()).toMatchObject([{ seq: String(seq), field: 'materials/dy' }]);
  });
});

describe('an edit that comes late', () => {
  it('is refused as `value.changed`; the committed value stands, and both stand in the log', async () => {
    await usa.commit({ 'mine/notes': 'stands' }, { seen });
    const later = await (await letTimePass()).open(workspace.people.jpn, document);

    const answer = await later.set({ 'mine/notes': 'offline for a week' }, { seen });

    expect(answer).toMatchObject({
      status: 'rejected',
      code: 'value.changed',
      changes: [{ record: 'mine', field: 'notes', code: 'value.changed' }],
    });
    const rows = await workspace.rows(
      'select outcome, changes from log_entry where compartment = $1 order by seq desc limit 2',
      [compartment],
    );
    expect(rows).toMatchObject([
      { outcome: 'refused', changes: [{ code: 'value.changed' }, { field: 'notes' }] },
      { outcome: 'admitted', changes: [{ field: 'notes', new: 'stands' }] },
    ]);
  });

  it('of a cell that nobody else touched is taken, however late', async () => {
    await usa.commit({ 'mine/notes': 'another cell' }, { seen });
    const later = await (await letTimePass()).open(workspace.people.jpn, document);

    expect(await later.set({ 'mine/status': 'offline' }, { seen })).toMatchObject({
      status: 'committed',
    });
  });
});

describe('a move of a lifecycle', () => {
  it('is refused when another person has changed any cell of the record since, be it a moment ago', async () => {
    await jpn.commit({ 'mine/notes': 'not what you have read' }, { seen });

    const blind = await usa.set({ 'mine/state': 'screened' }, { seen });
    const aware = await (
      await node.open(workspace.people.usa, document)
    ).set({ 'mine/state': 'screened' });

    expect(blind).toMatchObject({
      status: 'rejected',
      code: 'value.changed',
      changes: [{ field: 'state' }],
    });
    expect(aware).toMatchObject({ status: 'committed' });
  });

  it('goes the declared way, by the declared role, from the committed state', async () => {
    const skipped = await usa.set({ 'mine/state': 'active' });
    const again = await node.open(workspace.people.usa, document);
    await again.commit({ 'mine/state': 'screened' });
    const byEditor = await again.set({ 'mine/state': 'joint_priority' });
    const approver = await node.open(workspace.people.usaApprover, document);

    expect(skipped).toMatchObject({ status: 'rejected', code: 'value.invalid' });
    expect(byEditor).toMatchObject({ status: 'rejected', code: 'access.denied' });
    expect(await approver.set({ 'mine/state': 'joint_priority' })).toMatchObject({
      status: 'committed',
    });
  });
});
