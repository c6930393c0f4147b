/** Generations: a worn document goes on in a fresh one, and nobody's edit, history or conflict knows of the seam. */
import { appendLeaf, encodeFrontier, type Hash } from '@lodestone/audit-log';
import { auditAnswerSchema, auditQuerySchema } from '@lodestone/api-contract';
import {
  encodeGeneration,
  findRegister,
  generationHash,
  RegisterRecords,
  type Register,
} from '@lodestone/document-model';
import type { Opened } from '@lodestone/sync-protocol';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { AuditEntriesService } from '../audit/audit-entries.service.ts';
import type { AppPool } from '../database/app-pool.ts';
import { RecordsService } from '../records/records.service.ts';
import type { TurnTransaction } from './document-store.ts';
import { wearLimits } from './generation-wear.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { encodeFromHistory } from './stored-generation.ts';
import type { DocumentRights } from './sync-socket.ts';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { projectWrite } from './testing/random-writes.ts';
import { TestWorkspace } from './testing/workspace.ts';
import { writePast } from './testing/worn-document.ts';
import { workspaceActor } from './workspace-actor.ts';

const register = findRegister('project') as Register;
/** One client id more than a document may have. */
const past = { records: 40, overwrites: 1_200, clientIds: wearLimits.clientIds };
const nothing = new Uint8Array([0, 0]);

let workspace: TestWorkspace;
let node: TestNode;
let compartment: string;
let document: string;
let usa: TestClient;
let jpn: TestClient;
let pastSeq: number;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  await writePast(node, document, { past, person: workspace.people.usa });
  pastSeq = await workspace.headOf(compartment);
  usa = await node.open(workspace.people.usa, document);
  jpn = await node.open(workspace.people.jpn, document);
});

afterEach(async () => {
  await node.stop();
});

afterAll(async () => {
  await workspace.remove();
});

interface Seam {
  readonly generation: number;
  readonly seq: number;
  readonly hash: string;
}

/** When the client has been told that the document goes on in another form. */
async function seamOf(client: TestClient, times = 1): Promise<Seam> {
  await expect.poll(() => client.sent('closed')).toHaveLength(times);

  return client.sent('closed').at(-1) as unknown as Seam;
}

/** Any edit past the limits: the room measures what it has just loaded. */
async function wearOff(): Promise<Seam> {
  await usa.commit({ 'r0/notes': 'the last of its generation' });

  return seamOf(usa);
}

/** What an honest client does: makes the generation of what it holds, and opens with that. */
async function goOn(
  client: TestClient,
  { generation, hash }: Seam,
): Promise<Opened<DocumentRights>> {
  const state = encodeGeneration(register, client.cells);
  expect(generationHash(state)).toBe(hash);
  const replica = new Y.Doc();
  Y.applyUpdate(replica, state);
  const stateVector = Y.encodeStateVector(replica);
  const opened = await client.open(document, { generation, stateVector });
  Y.applyUpdate(replica, opened.update);
  replica.clientID = opened.clientId;
  client.replica = replica;

  return opened;
}

async function stateOn(
  on: TestNode,
): Promise<{ readonly generation: number; readonly records: unknown }> {
  return on.room(compartment).visit(register, ({ generation, records }) => ({
    generation,
    records: [...records.ids()].sort().map((id) => records.get(id)),
  }));
}

function recordsOf(on: TestNode): RecordsService {
  return new RecordsService(on.rooms, on.access, on.pool);
}

/** The records that a client holds, as REST gives them. */
function itemsOf(client: TestClient): unknown {
  const records = new RegisterRecords(register, client.cells);

  return [...records.ids()].sort().map((id) => ({ id, fields: records.get(id)?.fields }));
}

async function starts(): Promise<readonly Record<string, unknown>[]> {
  return workspace.rows(
    `select seq::int, generation, actor, party, session, edit, update, changes from log_entry
     where compartment = $1 and action = 'document.rebased' order by seq`,
    [compartment],
  );
}

describe('a worn document', () => {
  it('goes on in a new generation by itself; who has its records makes it himself, and is sent nothing', async () => {
    const answer = await jpn.set({ 'r1/notes': 'from Tokyo' });
    const seam = await seamOf(usa);
    await seamOf(jpn);

    expect(answer).toMatchObject({ status: 'committed', seq: pastSeq + 1 });
    expect(seam).toEqual({
      ...{ document, code: 'generation', generation: 2, seq: pastSeq + 2 },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(usa.cells.get('r1/notes')).toBe('from Tokyo');
    expect(jpn.sent('closed')).toEqual(usa.sent('closed'));
    for (const client of [usa, jpn]) {
      const opened = await goOn(client, seam);
      expect(opened).toMatchObject({ generation: 2, seq: seam.seq });
      expect(Uint8Array.from(opened.update)).toEqual(nothing);
    }
    await usa.commit({ 'r1/notes': 'seen by both' });
    await expect.poll(() => jpn.cells.get('r1/notes')).toBe('seen by both');
    expect(usa.replica.clientID).not.toBe(jpn.replica.clientID);
    expect([...usa.gaps, ...jpn.gaps]).toEqual([]);
  });

  it('is given whole to who has another generation, or none', async () => {
    const seam = await wearOff();
    const vector = Y.encodeStateVector(jpn.replica);

    const older = await jpn.open(document, { generation: 1, stateVector: vector });
    const newcomer = await node.open(workspace.people.aus, document);

    expect(generationHash(older.update)).toBe(seam.hash);
    expect(newcomer.cells.get('r0')).toMatchObject({ notes: 'the last of its generation' });
    expect(newcomer.cells.size).toBe(past.records);
  });

  it('has one entry in the log, by the workspace itself, which a replay of the entries before it verifies', async () => {
    const seam = await wearOff();

    const [entry] = await starts();
    const { hash, generation, seq } = seam;
    expect(await starts()).toMatchObject([
      {
        ...{ seq, generation, actor: workspaceActor.person, session: 'workspace' },
        ...{ party: workspaceActor.party, edit: null, update: null },
        changes: [{ generation, hash, records: past.records }],
      },
    ]);
    const rows = await workspace.rows<{ update: Uint8Array; leaf: Uint8Array }>(
      'select update, leaf from log_entry where compartment = $1 order by seq',
      [compartment],
    );
    const replayed = new Y.Doc();
    for (const { update } of rows.slice(0, -1)) Y.applyUpdate(replayed, update);
    const state = encodeGeneration(register, replayed.getMap(register.name));
    expect(generationHash(state)).toBe(hash);
    expect(entry?.['changes']).toMatchObject([{ bytes: state.length }]);
    let frontier: readonly Hash[] = [];
    for (const [at, { leaf }] of rows.entries()) frontier = appendLeaf(frontier, at, leaf);
    const [head] = await workspace.rows<{ frontier: Buffer }>(
      'select frontier from compartment_head where compartment = $1',
      [compartment],
    );
    expect(head?.frontier).toEqual(Buffer.from(encodeFrontier(frontier)));
  });

  it('is left alone afterwards', async () => {
    const seam = await wearOff();
    await goOn(usa, seam);
    for (let at = 0; at < wearLimits.measureEvery + 2; at += 1)
      await usa.commit({ 'r0/notes': `again ${String(at)}` });

    expect(await starts()).toHaveLength(1);
  });
});

describe('the history', () => {
  it('shows every moment around the seam as it was', async () => {
    const service = recordsOf(node);
    const place = { compartment, register };
    const shown = [await service.present(place)];
    const look = async (expected: number) => {
      const answer = await service.present(place);
      shown.push(answer);
      expect(answer.seq).toBe(expected);
    };
    // The last moment of the old generation is shown by who looked at it: the next one begins before anybody is let in.
    await jpn.commit({ 'r1/materials/tb': true, 'r1/materials/nd': false, 'r2/sponsors': null });
    const seam = await seamOf(jpn);
    const last = itemsOf(jpn);
    await look(seam.seq);
    await goOn(jpn, seam);
    await jpn.commit({
      'r1/materials/nd': true,
      'r1/notes': 'after',
      'r2/place': { lat: 1, lon: 2 },
    });
    await look(seam.seq + 1);
    await jpn.commit({ fresh: project('Fresh'), 'r1/materials/tb': false });
    await look(seam.seq + 2);

    expect((await service.at(place, seam.seq - 1)).records).toEqual(last);
    for (const answer of shown) expect(await service.at(place, answer.seq)).toEqual(answer);
    // The entry itself has changed no record.
    expect((await service.at(place, seam.seq)).records).toEqual(
      (await service.at(place, seam.seq - 1)).records,
    );
  });
});

describe('an edit that was made before the seam', () => {
  it('is asked to come again, and is in once, whatever it comes as', async () => {
    const late = jpn.write({ 'r3/notes': 'typed meanwhile' });
    const seam = await wearOff();
    await seamOf(jpn);

    expect(await jpn.send(late, { edit: 'typed-meanwhile' })).toEqual({ status: 'resync' });
    await jpn.open(document, { generation: 1 });
    const seq = await jpn.commit({ 'r3/notes': 'typed meanwhile' }, { edit: 'typed-meanwhile' });
    expect(seq).toBe(seam.seq + 1);
    expect(await jpn.send(late, { edit: 'typed-meanwhile' })).toMatchObject({
      ...{ status: 'committed', seq },
    });
  });

  it('that is in already gets its first answer, open again or not, with an edit id or without', async () => {
    const update = jpn.write({ 'r3/notes': 'its answer was lost' });
    const first = { status: 'committed', seq: pastSeq + 1 };
    expect(await jpn.send(update, { edit: 'answer-was-lost' })).toMatchObject(first);
    const seam = await seamOf(jpn);

    expect(await jpn.send(update, { edit: 'answer-was-lost' })).toMatchObject(first);
    expect(await jpn.socket.handlers.update({ document, update })).toMatchObject(first);
    await jpn.open(document, { generation: 1 });
    expect(await jpn.set({ 'r3/notes': 'again' }, { edit: 'answer-was-lost' })).toMatchObject(
      first,
    );
    expect(await workspace.headOf(compartment)).toBe(seam.seq);
  });

  it('is never looked at as if it were of the new one, not even the first of its client id', async () => {
    const late = jpn.write({ 'r3/notes': 'from the old one' });
    await wearOff();
    await seamOf(jpn);

    expect(await jpn.send(late)).toEqual({ status: 'resync' });
    const { records } = await stateOn(node);
    expect(JSON.stringify(records)).not.toContain('from the old one');
  });

  it('that waits in the same queue is asked to come again', async () => {
    await usa.commit({ 'r0/notes': 'measured, and past the limits' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => jpn.set({ [`r${String(at)}/status`]: 'in a burst' })),
    );
    const seam = await seamOf(jpn);

    const committed = answers.filter(({ status }) => status === 'committed').length;
    expect(answers.every(({ status }) => ['committed', 'resync'].includes(status))).toBe(true);
    expect(await workspace.headOf(compartment)).toBe(pastSeq + 2 + committed);
    expect(seam.generation).toBe(2);
  });
});

describe('what was known before the seam', () => {
  it('still tells of conflicts, and refuses what is late, and a second birth', async () => {
    const seen = jpn.seq;
    const values = ['r4', 'r5', 'r7'].map((id) => [`${id}/notes`, 'from Washington']);
    await usa.commit(Object.fromEntries(values) as Record<string, string>);
    await seamOf(jpn);
    await jpn.open(document, { generation: 1 });
    const seq = await jpn.commit({ 'r5/notes': 'from Tokyo' }, { seen });
    expect(jpn.sent('conflict')).toMatchObject([
      { seq, kept: { value: 'from Tokyo' }, other: { value: 'from Washington' } },
    ]);
    expect(await jpn.set({ r6: project('Born again') })).toMatchObject({
      ...{ status: 'rejected', code: 'record.exists' },
    });
    // For a node that was not there.
    await workspace.superuser.query(
      `update cell_change set recorded_at = recorded_at - interval '11 seconds'
       where compartment = $1 and record in ('r4', 'r7') and field = 'notes'`,
      [compartment],
    );
    const elsewhere = await workspace.node();
    const [away, there] = [
      await elsewhere.open(workspace.people.jpn, document),
      await elsewhere.open(workspace.people.usa, document),
    ];
    await there.commit({ 'r7/notes': 'a moment ago' });
    // The newest change counts, though an older one is read only now.
    expect(await away.set({ 'r7/notes': 'at the same time' }, { seen })).toMatchObject({
      status: 'committed',
    });
    expect(await away.set({ 'r4/notes': 'a week late' }, { seen })).toMatchObject({
      ...{ status: 'rejected', code: 'value.changed' },
    });
  });

  it('a client id of before is leased to nobody again', async () => {
    const before = jpn.replica.clientID;
    await wearOff();

    const opened = await jpn.open(document, { generation: 1, clientId: before });
    expect(opened.clientId).not.toBe(before);
    const again = await jpn.open(document, { generation: 2, clientId: opened.clientId });
    expect(again.clientId).toBe(opened.clientId);
  });
});

describe('another node', () => {
  it('follows over the seam by itself, makes the same bytes, and sends its own people on', async () => {
    const other = await workspace.node();
    const aus = await other.open(workspace.people.aus, document);
    const seam = await wearOff();
    await goOn(usa, seam);
    await usa.commit({ 'r6/notes': 'after the seam' });
    await other.room(compartment).followHead();

    expect(await seamOf(aus)).toEqual(usa.sent('closed')[0]);
    // At the seam it held everything before it, and nothing after.
    expect(aus.cells.get('r0/notes')).toBe('the last of its generation');
    await goOn(aus, seam);
    expect(aus.cells.get('r6/notes')).toBe('after the seam');
    expect(await stateOn(other)).toEqual(await stateOn(node));
  });

  it('that holds other records, whyever, finds it out there and reads the log again', async () => {
    const other = await workspace.node();
    const aus = await other.open(workspace.people.aus, document);
    const stray = new Y.Doc();
    stray.getMap(register.name).set('stray', project('In no log'));
    await other.room(compartment).visit(register, (live) => {
      live.apply(Y.encodeStateAsUpdate(stray));
    });
    await wearOff();
    await other.room(compartment).followHead();

    expect(await stateOn(other)).toEqual(await stateOn(node));
    await seamOf(aus);
  });

  it('that has not come so far opens what its client has made already', async () => {
    const other = await workspace.node();
    await other.open(workspace.people.aus, document);
    const seam = await wearOff();
    const moved = other.connect(workspace.people.usa);
    moved.replica = usa.replica;
    moved.document = document;

    const opened = await goOn(moved, seam);

    expect(opened).toMatchObject({ generation: 2, seq: seam.seq });
    expect(Uint8Array.from(opened.update)).toEqual(nothing);
    // A number that no log knows of is no reason to wait.
    expect(await moved.open(document, { generation: 99 })).toMatchObject({ generation: 2 });
  });

  it('that was held up meanwhile writes nothing to the generation that has ended', async () => {
    const other = await workspace.node();
    const aus = await other.open(workspace.people.aus, document);
    const seam = await wearOff();

    expect(await aus.set({ 'r7/notes': 'from the past' })).toEqual({ status: 'resync' });
    expect(await seamOf(aus)).toEqual(usa.sent('closed')[0]);
    expect(await workspace.headOf(compartment)).toBe(seam.seq);
    expect(await stateOn(other)).toEqual(await stateOn(node));
  });

  it('that re-bases at the same time does it once, of what both have written', async () => {
    const stores = [new HeldUp(node.pool, { passes: 0 }), new HeldUp(node.pool, { passes: 1 })];
    const nodes = await Promise.all(stores.map((store) => workspace.node({ store: () => store })));
    const [here, there] = await Promise.all(
      nodes.map((one) => one.open(workspace.people.usa, document)),
    );
    await here?.commit({ 'r8/notes': 'here' });
    await expect.poll(() => stores[0]?.isHeld).toBe(true);
    // Its turn loses the race and goes behind the locks; then it finds the document worn as well.
    await there?.commit({ 'r9/notes': 'there' });
    await expect.poll(() => stores[1]?.isHeld).toBe(true);
    expect(await starts()).toEqual([]);

    stores[0]?.letGo();
    const seam = await seamOf(here as TestClient);
    stores[1]?.letGo();
    await seamOf(there as TestClient);

    expect(await starts()).toHaveLength(1);
    const place = { compartment, register: register.name };
    const state = await encodeFromHistory(node.pool, { ...place, seq: seam.seq });
    expect(generationHash(state)).toBe(seam.hash);
    const states = await Promise.all([...nodes, await workspace.node()].map(stateOn));
    expect(states[1]).toEqual(states[0]);
    expect(states[2]).toEqual(states[0]);
    expect(JSON.stringify(states[0])).toContain('"notes":"there"');
  });
});

/** Begins so many transactions, and the next one when it is let go. */
class HeldUp extends PostgresDocumentStore {
  #passes: number;
  #letGo: (() => void) | undefined;

  constructor(pool: AppPool, { passes }: { readonly passes: number }) {
    super(pool);
    this.#passes = passes;
  }

  get isHeld(): boolean {
    return this.#letGo !== undefined;
  }

  letGo(): void {
    this.#letGo?.();
  }

  override async transact<T>(of: string, work: (turn: TurnTransaction) => Promise<T>): Promise<T> {
    this.#passes -= 1;
    if (this.#passes < 0 && this.#letGo === undefined)
      await new Promise<void>((resolve) => (this.#letGo = resolve));

    return super.transact(of, work);
  }
}

/** Where a process is when the answer to its commit is lost. */
class ForgetfulStore extends PostgresDocumentStore {
  readonly #lost = { started: false, told: false };

  override async transact<T>(of: string, work: (turn: TurnTransaction) => Promise<T>): Promise<T> {
    const result = await super.transact(of, (transaction) => {
      const start = transaction.startGeneration.bind(transaction);
      transaction.startGeneration = async (stored) => {
        await start(stored);
        this.#lost.started = true;
      };

      return work(transaction);
    });
    if (!this.#lost.started || this.#lost.told) return result;
    this.#lost.told = true;
    throw new Error('the connection was lost before the commit was answered');
  }
}

describe('a process that does not know whether the generation has begun', () => {
  it('reads the log again and sends its people on', async () => {
    const forgetful = await workspace.node({ store: (pool) => new ForgetfulStore(pool) });
    const aus = await forgetful.open(workspace.people.aus, document);
    const editor = await forgetful.open(workspace.people.usa, document);
    await editor.commit({ 'r0/notes': 'then the line was cut' });
    await expect.poll(starts).toHaveLength(1);
    expect(await editor.set({ 'r0/notes': 'to the old one' })).toEqual({ status: 'resync' });

    const seam = await seamOf(aus);
    expect(aus.cells.get('r0/notes')).toBe('then the line was cut');
    await goOn(aus, seam);
    expect(await stateOn(forgetful)).toMatchObject({ generation: 2 });
  });
});

describe('loading', () => {
  let seam: Seam;
  let whole: Awaited<ReturnType<typeof stateOn>>;

  beforeEach(async () => {
    seam = await wearOff();
    await goOn(usa, seam);
    await usa.commit({ 'r0/notes': 'first of the new', 'r1/materials/nd': false });
    await usa.commit({ late: project('Late') });
    whole = await stateOn(node);
    await node.stop();
  });

  it('takes the snapshot of the present generation, and what came after it', async () => {
    const fresh = await workspace.node();
    const { generation, updates, tail } = await fresh.store.load(
      compartment,
      register.name,
      seam.seq + 1,
    );

    expect({ generation, updates: updates.length, tail }).toEqual({
      ...{ generation: 2, updates: 2, tail: 1 },
    });
    expect(await stateOn(fresh)).toEqual(whole);
  });

  it('makes the generation again of the history where its snapshot is lost, and the same bytes', async () => {
    await workspace.superuser.query('delete from snapshot where document = $1', [document]);
    const fresh = await workspace.node();
    const { updates } = await fresh.store.load(compartment, register.name, seam.seq);

    expect(updates.map(generationHash)).toEqual([seam.hash]);
    expect(await stateOn(fresh)).toEqual(whole);
  });

  it('takes no snapshot of a generation that has ended', async () => {
    const old = { generation: 1, seq: pastSeq, state: Y.encodeStateAsUpdate(new Y.Doc()) };
    await workspace.superuser.query(
      'update snapshot set generation = $2, seq = $3, state = $4 where document = $1',
      [document, old.generation, old.seq, old.state],
    );
    const fresh = await workspace.node();

    expect(await stateOn(fresh)).toEqual(whole);
    await fresh.store.saveSnapshot({ document, ...old, generation: 2, seq: seam.seq + 9 });
    await fresh.store.saveSnapshot({ document, ...old, seq: seam.seq + 99 });
    const kept = await workspace.rows('select generation from snapshot where document = $1', [
      document,
    ]);
    expect(kept).toEqual([{ generation: 2 }]);
  });

  it('as of a sequence before the seam gives the generation of that time', async () => {
    const fresh = await workspace.node();
    const { generation, updates } = await fresh.store.load(
      compartment,
      register.name,
      seam.seq - 1,
    );
    const replica = new Y.Doc();
    for (const update of updates) Y.applyUpdate(replica, update);

    expect(generation).toBe(1);
    expect(generationHash(encodeGeneration(register, replica.getMap(register.name)))).toBe(
      seam.hash,
    );
  });

  it('refuses a history that does not make the records of which the log tells', async () => {
    await workspace.superuser.query('delete from snapshot where document = $1', [document]);
    await workspace.superuser.query(
      `update cell_change set new = '"forged"' where compartment = $1 and seq = $2`,
      [compartment, seam.seq - 1],
    );
    const fresh = await workspace.node();

    await expect(stateOn(fresh)).rejects.toThrow('of other records');
  });
});

describe('after any edits', () => {
  it('the history makes the same bytes as the document does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(projectWrite, { minLength: 30, maxLength: 50 }), async (writes) => {
        const place = { compartment: await workspace.addCompartment(), register: register.name };
        const name = `${place.compartment}/${place.register}`;
        await node.rooms.readAccess();
        const client = await node.open(workspace.people.usa, name);
        for (const id of ['r0', 'r1', 'r2']) await client.commit({ [id]: project(id) });
        for (const { values } of writes) {
          const answer = await client.set(values);
          if (answer.status !== 'committed') await client.open(name);
        }
        const seq = await workspace.headOf(place.compartment);

        expect(seq).toBeGreaterThan(3);
        expect(await encodeFromHistory(node.pool, { ...place, seq })).toEqual(
          await node.room(place.compartment).visit(register, (live) => live.encodeNext()),
        );
      }),
      { numRuns: 4, endOnFailure: true },
    );
  });
});

describe('the entry of a new generation', () => {
  it('stands in the history that people read, as what the workspace did', async () => {
    const seam = await wearOff();
    const query = auditQuerySchema.parse({ compartment, action: 'document.rebased' });
    const found = await new AuditEntriesService(node.pool, node.access).find(
      workspace.people.usa.id,
      query,
    );

    expect(auditAnswerSchema.parse(found).entries).toMatchObject([
      { seq: seam.seq, outcome: 'admitted', actor: { name: 'Lodestone', roles: [] }, changes: [] },
    ]);
  });
});
