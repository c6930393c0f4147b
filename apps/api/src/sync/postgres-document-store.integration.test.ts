/** What the store keeps and gives back: documents from snapshot and tail, leases, conflicts, and edits it has seen. */
import { findRegister, type Register } from '@lodestone/document-model';
import * as Y from 'yjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredDocument } from './document-store.ts';
import { leaseClientId } from './leases.ts';
import { project } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

const register = findRegister('project') as Register;

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
});

afterAll(async () => {
  await workspace.remove();
});

async function write(count: number): Promise<void> {
  const client = await node.open(workspace.people.usa, document);
  await client.commit({ mine: project('Mine') });
  for (let index = 1; index < count; index += 1)
    await client.commit({ 'mine/notes': `note ${String(index)}` });
}

function read({ updates }: StoredDocument): object {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);

  return { cells: doc.getMap('project').toJSON(), state: Y.encodeStateVector(doc) };
}

const load = (seq: number) => node.store.load(compartment, 'project', seq);

async function saveSnapshotAt(seq: number): Promise<void> {
  const doc = new Y.Doc();
  for (const update of (await load(seq)).updates) Y.applyUpdate(doc, update);
  await node.store.saveSnapshot({
    document,
    ...{ generation: 1, seq, state: Y.encodeStateAsUpdate(doc) },
  });
}

describe('load', () => {
  it('from a snapshot and what came after it gives what a replay of everything gives', async () => {
    await write(6);
    const replayed = await Promise.all([3, 4, 6].map(async (seq) => read(await load(seq))));
    await saveSnapshotAt(4);

    const [before, at, after] = [await load(3), await load(4), await load(6)];

    expect([before, at, after].map(({ updates }) => updates.length)).toEqual([3, 1, 3]);
    expect([before, at, after].map(({ tail }) => tail)).toEqual([3, 0, 2]);
    expect([before, at, after].map(read)).toEqual(replayed);
  });

  it('tells who changed each cell last, as of the asked sequence', async () => {
    await write(3);

    const { usa } = workspace.people;
    const value = async (seq: number) =>
      (await load(seq)).lastChanges.map(({ field, value, person }) => ({ field, value, person }));
    expect(await value(1)).toEqual([]);
    expect(await value(2)).toEqual([{ field: 'notes', value: 'note 1', person: usa.id }]);
    expect(await value(3)).toEqual([{ field: 'notes', value: 'note 2', person: usa.id }]);
  });

  it('makes a document that nobody has written, once', async () => {
    const loads = await Promise.all([load(0), load(0)]);

    expect(loads).toEqual([1, 1].map((generation) => ({ ...empty, generation })));
    expect(await workspace.rows('select from document where name = $1', [document])).toHaveLength(
      1,
    );
  });
});

const empty = { updates: [], tail: 0, lastChanges: [], changesFrom: 0 };

describe('a snapshot', () => {
  it('is never replaced by an older one', async () => {
    await write(5);
    await saveSnapshotAt(4);
    await saveSnapshotAt(2);

    expect(
      await workspace.rows('select seq from snapshot where document = $1', [document]),
    ).toEqual([{ seq: '4' }]);
  });

  it('is written by a room that ends, and by one that has written much', async () => {
    const client = await node.open(workspace.people.usa, document);
    await client.commit({ mine: project('Mine') });
    const answers = Array.from({ length: 520 }, (_, index) =>
      client.commit({ 'mine/notes': String(index) }),
    );
    const seqs = await Promise.all(answers);
    const stored = () =>
      workspace.rows<{ seq: string }>('select seq from snapshot where document = $1', [document]);
    await expect.poll(stored).toHaveLength(1);
    await node.room(compartment).close();

    expect(await stored()).toEqual([{ seq: String(seqs.at(-1)) }]);
    expect((await load(seqs.at(-1) ?? 0)).updates).toHaveLength(1);
    const fresh = await workspace.node();
    const notes = await fresh
      .room(compartment)
      .visit(register, ({ records }) => records.get('mine')?.fields['notes']);
    expect(notes).toBe('519');
  });
});

describe('a client id', () => {
  const device = 'a-device';
  const lease = (more: object = {}) => ({
    ...{ document, generation: 1, person: workspace.people.usa.id, device },
    ...more,
  });
  const ask = (clientId: number | undefined, { isInUse = false, more = {} } = {}) =>
    leaseClientId(node.store, { lease: lease(more), clientId, isInUse: () => isInUse });

  it('is given again to the device store that had it, and to no other', async () => {
    await load(0);
    const given = await ask(undefined);

    expect(await ask(given)).toBe(given);
    expect(await ask(given, { isInUse: true })).not.toBe(given);
    expect(await ask(given, { more: { device: 'another' } })).not.toBe(given);
    expect(await ask(given, { more: { person: workspace.people.jpn.id } })).not.toBe(given);
    expect(await ask(given, { more: { generation: 2 } })).not.toBe(given);
    expect(await ask(given + 1)).not.toBe(given + 1);
  });

  it('is given once, whoever asks at the same time', async () => {
    await load(0);

    expect(await node.store.addLease(lease(), 77)).toBe(true);
    const again = await Promise.all([
      node.store.addLease(lease({ device: 'another' }), 77),
      node.store.addLease(lease({ person: workspace.people.jpn.id }), 77),
    ]);

    expect(again).toEqual([false, false]);
  });
});

describe('what has been committed', () => {
  it('is found by its edit id in its compartment alone, and never where it was refused', async () => {
    const client = await node.open(workspace.people.usa, document);
    const seq = await client.commit({ mine: project('Mine') }, { edit: 'edit-admitted' });
    await client.set({ 'mine/stage': 7 }, { edit: 'edit-refused' });
    const other = await workspace.addCompartment();
    const find = (place: string) =>
      node.store.transact(place, (turn) => turn.committedEdits(['edit-admitted', 'edit-refused']));

    expect(await find(compartment)).toEqual(new Map([['edit-admitted', seq]]));
    expect(await find(other)).toEqual(new Map());
  });

  it('is found by its bytes and client id', async () => {
    const client = await node.open(workspace.people.usa, document);
    const update = client.write({ mine: project('Mine') });
    await client.send(update);
    const { clientID } = client.replica;

    expect(await node.store.seqOf(document, clientID, update)).toBe(1);
    expect(await node.store.seqOf(document, clientID + 1, update)).toBeUndefined();
    expect(await node.store.seqOf(document, clientID, update.slice(1))).toBeUndefined();
  });
});

describe('a conflict', () => {
  it('is unread by both people until they have read it, each for himself', async () => {
    const { usa, jpn, aus } = workspace.people;
    const a = await node.open(usa, document);
    const seen = await a.commit({ mine: project('Mine') });
    const b = await node.open(jpn, document);
    await a.commit({ 'mine/notes': 'one' }, { seen });
    const seq = await b.commit({ 'mine/notes': 'two' }, { seen });
    const unread = async () =>
      Promise.all(
        [usa, jpn, aus].map(async ({ id }) =>
          (await node.store.unreadConflicts(document, id)).map((conflict) => conflict.seq),
        ),
      );

    expect(await unread()).toEqual([[seq], [seq], []]);
    await node.store.markRead(document, usa.id, seq);
    await node.store.markRead(document, usa.id, 0);
    expect(await unread()).toEqual([[], [seq], []]);
  });
});
