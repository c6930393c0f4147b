/** What a room does when its turn cannot be committed: nothing is claimed, nothing is lost, nobody pays for another. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findRegister, type Register } from '@lodestone/document-model';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

const projects = findRegister('project') as Register;

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let node: TestNode;
let usa: TestClient;
let jpn: TestClient;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
  await workspace.superuser.query(poison);
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  usa = await node.open(workspace.people.usa, document);
  await usa.commit({ mine: project('Mine'), plant: project('Plant') });
  jpn = await node.open(workspace.people.jpn, document);
});

afterEach(async () => {
  await node.stop();
});

afterAll(async () => {
  await workspace.remove();
});

/** Lets PostgreSQL refuse every entry in whose bytes the word stands. */
const poison = `
  create function refuse_entry() returns trigger language plpgsql as $$ begin
    if position('arsenic'::bytea in new.update) > 0 then raise exception 'poison'; end if;
    return new; end $$;
  create trigger poison before insert on log_entry for each row execute function refuse_entry()`;

async function editsInLog(): Promise<readonly string[]> {
  const rows = await workspace.rows<{ edit: string }>(
    `select edit from log_entry where compartment = $1 and outcome = 'admitted' order by seq`,
    [compartment],
  );

  return rows.map(({ edit }) => edit);
}

/** The first commit succeeds, but the connection is gone before PostgreSQL can say so. */
class CutAfterCommit extends PostgresDocumentStore {
  #isFirst = true;

  override async append(...turns: Parameters<PostgresDocumentStore['append']>) {
    const appended = await super.append(...turns);
    if (!this.#isFirst) return appended;
    this.#isFirst = false;
    throw new Error('Connection terminated unexpectedly');
  }
}

describe('a turn that fails', () => {
  it('for a lock is tried again; then each edit has landed once, in its order', async () => {
    // Longer than lock_timeout: the first attempt fails.
    const held = await workspace.holdHead(compartment);
    const edits = ['first-try', 'second-try', 'third-try'];
    const answers = Promise.all(
      edits.map((edit) => usa.set({ 'mine/notes': edit }, { edit, seen: 1 })),
    );
    await expect.poll(() => workspace.blocked()).toBeDefined();
    const firstTry = await workspace.blocked();
    await expect.poll(() => workspace.blocked(), { timeout: 5_000 }).not.toBe(firstTry);
    const shownMeanwhile = jpn.sent('update').length;
    await held.release();

    expect(await answers).toEqual([2, 3, 4].map((seq) => ({ status: 'committed', seq })));
    expect(shownMeanwhile).toBe(0);
    expect((await editsInLog()).slice(1)).toEqual(edits);
    await expect.poll(() => jpn.cells.get('mine/notes')).toBe('third-try');
    expect(jpn.gaps).toEqual([]);
  });

  it('for one update takes no other with it, however many are poisonous', async () => {
    const another = await node.open(workspace.people.usa, document);
    const held = await workspace.holdHead(compartment);
    const answers = Promise.all([
      usa.set({ bad: project('arsenic one') }, { edit: 'bad-edit-1' }),
      jpn.set({ 'mine/notes': 'good' }, { edit: 'good-edit-1' }),
      jpn.set({ 'mine/status': 'good' }, { edit: 'good-edit-2' }),
      another.set({ worse: project('arsenic two') }, { edit: 'bad-edit-2' }),
      jpn.set({ 'plant/notes': 'good' }, { edit: 'good-edit-3' }),
    ]);
    await held.release();

    expect((await answers).map(({ status }) => status)).toEqual([
      'rejected',
      'committed',
      'committed',
      'rejected',
      'committed',
    ]);
    expect((await answers)[0]).toMatchObject({ code: 'update.unstorable' });
    await expect
      .poll(() =>
        workspace.rows(
          `select edit, changes -> 0 ->> 'code' as code from log_entry
           where compartment = $1 and outcome = 'refused' order by edit`,
          [compartment],
        ),
      )
      .toEqual(['bad-edit-1', 'bad-edit-2'].map((edit) => ({ edit, code: 'update.unstorable' })));
    expect((await editsInLog()).slice(1)).toEqual(['good-edit-1', 'good-edit-2', 'good-edit-3']);
    const shown = await node
      .room(compartment)
      .visit(projects, ({ records }) => [records.has('bad'), records.has('worse')]);
    expect(shown).toEqual([false, false]);
  });

  it('serves the documents that nobody touches any more, too', async () => {
    const sources = await node.open(workspace.people.jpn, `${compartment}/source`);
    const other = await workspace.node();
    const elsewhere = await other.open(workspace.people.usa, `${compartment}/source`);
    await usa.set({ bad: project('arsenic') });

    await elsewhere.commit({ report: { title: 'Written on the other node' } });
    await jpn.commit({ 'mine/notes': 'another document, here' });
    await elsewhere.commit({ 'report/notes': 'and again' });
    await jpn.commit({ 'mine/notes': 'and here' });

    await expect.poll(() => sources.cells.get('report/notes')).toBe('and again');
    expect(sources.cells.has('report')).toBe(true);
  });
});

describe('a database that goes away', () => {
  it('within a turn: the turn is tried again on a new connection', async () => {
    const held = await workspace.holdHead(compartment);
    const answer = usa.set({ 'mine/notes': 'kept' }, { edit: 'through-a-cut' });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    await workspace.cutConnections();
    await held.release();

    expect(await answer).toEqual({ status: 'committed', seq: 2 });
    expect(await editsInLog()).toHaveLength(2);
  });

  it('after the commit, before its answer: the edit is not written a second time', async () => {
    const cut = await workspace.node({ store: (pool) => new CutAfterCommit(pool) });
    const writer = await cut.open(workspace.people.usa, document);
    const neighbour = await cut.open(workspace.people.jpn, document);

    const answer = await writer.set({ 'mine/notes': 'unknown outcome' }, { edit: 'unknown-edit' });

    expect(answer).toEqual({ status: 'committed', seq: 2, again: true });
    expect((await editsInLog()).filter((edit) => edit === 'unknown-edit')).toHaveLength(1);
    await expect.poll(() => neighbour.cells.get('mine/notes')).toBe('unknown outcome');
    expect(await workspace.headOf(compartment)).toBe(2);
  });

  it('for longer: edits are answered `unavailable`, and the room heals by itself', async () => {
    await workspace.whileDown(async () => {
      const answers = await Promise.all([
        usa.set({ 'mine/notes': 'kept on the device' }, { edit: 'while-it-was-down' }),
        jpn.set({ 'plant/notes': 'this too' }, { edit: 'another-meanwhile' }),
      ]);
      await expect(node.room(compartment).visit(projects, () => 'read')).rejects.toThrow();
      await expect(node.rooms.readAccess()).rejects.toThrow();
      await expect(node.room(compartment).followHead()).rejects.toThrow();

      expect(answers).toMatchObject([
        { status: 'rejected', code: 'unavailable' },
        { status: 'rejected', code: 'unavailable' },
      ]);
    });

    const again = await node.open(workspace.people.usa, document);
    expect(again.cells.has('mine/notes')).toBe(false);
    expect(await again.set({ 'mine/notes': 'sent again' }, { edit: 'while-it-was-down' })).toEqual({
      status: 'committed',
      seq: 2,
    });
    await expect.poll(() => jpn.cells.get('mine/notes')).toBe('sent again');
  });
});

describe('a room that closes', () => {
  it('finishes its turn, answers who still waits, and stores its documents whole', async () => {
    const held = await workspace.holdHead(compartment);
    const first = usa.set({ 'mine/notes': 'in the turn' });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    const second = jpn.set({ 'plant/notes': 'behind it' });
    const closing = node.room(compartment).close();
    await held.release();
    await closing;

    expect(await first).toEqual({ status: 'committed', seq: 2 });
    expect(await second).toMatchObject({ status: 'rejected', code: 'unavailable' });
    expect(await usa.set({ 'mine/notes': 'too late' })).toMatchObject({ code: 'unavailable' });
    expect(
      await workspace.rows('select seq from snapshot where document = $1', [document]),
    ).toEqual([{ seq: '2' }]);
  });
});
