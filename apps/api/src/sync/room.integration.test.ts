/** A room on a real database: what is seen is durable, what is admitted is admitted whole, and every change has its author. */
import * as Y from 'yjs';
import { findRegister, type Register } from '@lodestone/document-model';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

const register = findRegister('project') as Register;

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let node: TestNode;
let usa: TestClient;
let jpn: TestClient;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
  await workspace.superuser.query(waitAtCommit);
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  const first = await node.open(workspace.people.usa, document);
  await first.commit({ mine: project('Mine'), plant: project('Plant') });
  first.socket.disconnect();
});

beforeEach(async () => {
  usa = await node.open(workspace.people.usa, document);
  jpn = await node.open(workspace.people.jpn, document);
});

afterEach(() => {
  usa.socket.disconnect();
  jpn.socket.disconnect();
});

afterAll(async () => {
  await workspace.remove();
});

const stateOf = () =>
  node.room(compartment).visit(register, (live) => Buffer.from(live.encode()).toString('base64'));

/** Lets the transaction of such an edit wait when everything is written, and only the commit is to come. */
const waitAtCommit = `
  create function wait_at_commit() returns trigger language plpgsql as $$ begin
    if new.edit like 'waiting-%' then perform pg_advisory_xact_lock(7); end if; return null; end $$;
  create constraint trigger wait_at_commit after insert on log_entry deferrable initially deferred
    for each row execute function wait_at_commit()`;

describe('before the commit (D1)', () => {
  const stages = [
    ['has not begun to write', () => workspace.holdHead(compartment)],
    ['has written everything', () => workspace.hold('select pg_advisory_xact_lock(7)')],
  ] as const;

  it.each(stages)('nothing is acknowledged, sent or shown: the turn %s', async (stage, hold) => {
    const held = await hold();
    let answered = false;
    const edit = usa
      .commit({ 'mine/notes': stage }, { edit: `waiting-${stage.replaceAll(' ', '-')}` })
      .finally(() => {
        answered = true;
      });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    const newcomer = node.connect(workspace.people.aus);
    let joined = false;
    const joining = newcomer.open(document).finally(() => {
      joined = true;
    });
    // Two rounds through another connection: time in which a room that does not wait would have answered.
    const [head] = [await workspace.headOf(compartment), await workspace.headOf(compartment)];

    expect({ answered, joined }).toEqual({ answered: false, joined: false });
    expect(usa.received.concat(jpn.received).map(({ event }) => event)).not.toContain('update');
    expect(await workspace.rows('select from cell_change where seq > $1', [head])).toEqual([]);
    await held.release();
    expect(await edit).toBe(head + 1);
    expect((await joining).seq).toBe(head + 1);
    expect(newcomer.cells.get('mine/notes')).toBe(stage);
    await expect.poll(() => jpn.cells.get('mine/notes')).toBe(stage);
    expect(jpn.gaps).toEqual([]);
    newcomer.socket.disconnect();
  });

  it('an acknowledged edit is read by any other connection at once', async () => {
    const seq = await usa.commit({ 'mine/notes': 'durable' });

    const rows = await workspace.rows(
      `select new from cell_change where seq = $1 and field = 'notes'`,
      [seq],
    );
    expect(rows).toEqual([{ new: 'durable' }]);
  });

  it('the sequence of an answer and that of what others are sent are the same', async () => {
    const seq = await usa.commit({ 'mine/notes': 'numbered' });

    await expect.poll(() => jpn.sent('update').at(-1)?.['seq']).toBe(seq);
    expect(usa.sent('update')).toEqual([]);
  });
});

describe('a refused update (D2)', () => {
  it('leaves the document as it was, byte for byte, and stands in the log', async () => {
    const before = await stateOf();
    const update = usa.write({ 'mine/notes': 'good', 'mine/statusAsOf': 'tomorrow' });

    const answer = await usa.send(update, { edit: 'refused-edit' });

    expect(answer).toMatchObject({
      status: 'rejected',
      code: 'value.invalid',
      changes: [{ record: 'mine', field: 'statusAsOf' }],
    });
    expect(await stateOf()).toBe(before);
    expect(await lastEntry()).toMatchObject({
      outcome: 'refused',
      update: null,
      edit: 'refused-edit',
      actor: workspace.people.usa.id,
      changes: [{ code: 'value.invalid' }, { record: 'mine', field: 'statusAsOf' }],
    });
    expect(jpn.sent('update')).toEqual([]);
  });

  it('by who may not write is told why, and his next edit is not hindered', async () => {
    const aus = await node.open(workspace.people.aus, document);
    const before = await stateOf();

    const denied = await aus.set({ 'mine/notes': 'not ours' });
    await aus.open(document, { generation: 1 });
    const own = await aus.set({ lynas: { name: 'Ours', parties: ['AUS'] } });

    expect(denied).toMatchObject({ status: 'rejected', code: 'access.denied' });
    expect(before).not.toBe(await stateOf());
    expect(own).toMatchObject({ status: 'committed' });
    aus.socket.disconnect();
  });

  it('in a turn with others takes none of them with it', async () => {
    const held = await workspace.holdHead(compartment);
    const answers = Promise.all([
      usa.set({ 'mine/notes': 'one' }),
      jpn.set({ 'plant/stage': 7 }),
      usa.set({ 'mine/status': 'two' }),
    ]);
    await held.release();

    expect((await answers).map(({ status }) => status)).toEqual([
      'committed',
      'rejected',
      'committed',
    ]);
  });

  it.each([
    ['key', { 'mi\0ne/notes': 'x' }],
    ['field', { 'mine/no\0tes': 'x' }],
    ['name of a field at birth', { broken: project('x', { 'no\0': 1 }) }],
    ['unusual key', { 'mine/notes/../../etc': 'x' }],
    ['long key', { [`mine/${'x'.repeat(5_000)}`]: 'x' }],
    ['value', { 'mine/notes': 'a\0b' }],
    ['element', { 'mine/parties/U\0A': true }],
  ])('whose %s PostgreSQL cannot store is refused like any other', async (_what, values) => {
    const answer = await usa.set(values);

    expect(answer).toMatchObject({ status: 'rejected' });
    expect(answer).not.toMatchObject({ code: 'unavailable' });
    expect(await lastEntry()).toMatchObject({ outcome: 'refused' });
  });
});

describe('the author of a change (D3)', () => {
  it('is stamped by the server: person, party, roles, session and device', async () => {
    const seq = await jpn.commit({ 'plant/notes': 'signed' }, { edit: 'signed-edit', seen: 1 });

    const [row] = await workspace.rows('select * from log_entry where seq = $1', [seq]);
    expect(row).toMatchObject({
      compartment,
      document,
      action: 'record.updated',
      outcome: 'admitted',
      actor: workspace.people.jpn.id,
      party: 'JPN',
      roles: ['editor'],
      session: workspace.people.jpn.session,
      edit: 'signed-edit',
      client_id: String(jpn.replica.clientID),
      seen: '1',
      access_version: String(node.access.version),
      schema_version: register.version,
    });
  });

  it('is no other than the holder of the client id', async () => {
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(usa.replica));
    forged.clientID = jpn.replica.clientID;
    const made: Uint8Array[] = [];
    forged.on('update', (update: Uint8Array) => made.push(update));
    forged.getMap('project').set('mine/notes', 'in your name');

    expect(await usa.send(made[0] as Uint8Array)).toMatchObject({ code: 'client-id.foreign' });
  });

  it('is shown to the others as the server knows him, whatever he claims', async () => {
    void usa.socket.handlers.presence({
      document,
      at: { record: 'mine', field: 'notes' },
      editing: true,
      user: workspace.people.jpn.id,
      party: 'JPN',
    });

    await expect
      .poll(() => jpn.sent('presence').flatMap(({ people }) => people))
      .toContainEqual({
        session: usa.session.id,
        user: workspace.people.usa.id,
        name: 'usa',
        party: 'USA',
        at: { record: 'mine', field: 'notes' },
        editing: true,
      });
  });
});

describe('an edit that comes again (D7)', () => {
  it('in the same turn, or after a restart, gets its first answer and changes nothing', async () => {
    const update = usa.write({ 'mine/notes': 'once' });
    const held = await workspace.holdHead(compartment);
    const twice = Promise.all([
      usa.send(update, { edit: 'repeated-edit' }),
      usa.send(update, { edit: 'repeated-edit' }),
    ]);
    await held.release();
    const [first, second] = await twice;
    const restarted = await workspace.node();
    const again = await restarted.open(workspace.people.usa, document);

    const repeated = { ...first, again: true };
    expect(second).toEqual(repeated);
    expect(await again.set({ 'mine/notes': 'again' }, { edit: 'repeated-edit' })).toEqual(repeated);
    expect(again.cells.get('mine/notes')).toBe('again');
    expect(await workspace.rows(`select from log_entry where edit = 'repeated-edit'`)).toHaveLength(
      1,
    );
  });
});

async function lastEntry(): Promise<Record<string, unknown> | undefined> {
  const [row] = await workspace.rows<Record<string, unknown>>(
    'select * from log_entry where compartment = $1 order by seq desc limit 1',
    [compartment],
  );

  return row;
}
