/** Several nodes write to the same compartment: the head row alone decides, and every subscriber is served without a gap. */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { findRegister, type Register } from '@lodestone/document-model';
import * as Y from 'yjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AppPool } from '../database/app-pool.ts';
import type { Head } from './log-entry.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

const register = findRegister('project') as Register;

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let nodes: readonly [TestNode, TestNode];
let clients: readonly [TestClient, TestClient, TestClient, TestClient];

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  const [a, b] = [await workspace.node(), await workspace.node()];
  const { usa, jpn, aus } = workspace.people;
  await (await a.open(usa, document)).commit({ mine: project('Mine') });
  nodes = [a, b];
  clients = [
    await a.open(usa, document),
    await a.open(jpn, document),
    await b.open(usa, document),
    await b.open(aus, document),
  ];
});

afterEach(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
});

afterAll(async () => {
  await workspace.remove();
});

/** Until every client holds everything up to the head; what the watch does twice a second. */
async function settle(): Promise<void> {
  const head = await workspace.headOf(compartment);
  const wanted = await nodes[0].room(compartment).visit(register, (live) => live.encode());
  await Promise.all(nodes.map((node) => node.room(compartment).followHead()));
  for (const client of clients) {
    await expect
      .poll(() => missing(client, wanted), { message: `all of ${String(head)}` })
      .toEqual([]);
  }
}

/** The keys that a client reads differently from a document. */
function missing(client: TestClient, state: Uint8Array): readonly string[] {
  const document = new Y.Doc();
  Y.applyUpdate(document, state);
  const cells = document.getMap('project');

  return [...new Set([...cells.keys(), ...client.cells.keys()])].filter(
    (key) => JSON.stringify(cells.get(key)) !== JSON.stringify(client.cells.get(key)),
  );
}

describe('two nodes that write at the same time', () => {
  it('number their entries without a gap, converge, and leave nobody out', async () => {
    const [a, , b] = clients;
    const rounds = 12;
    const write = async (client: TestClient, name: string) => {
      for (let round = 0; round < rounds; round += 1) {
        const record = `${name}${String(round)}`;
        await client.commit({ [record]: project(record), 'mine/notes': record });
        await turnOfTheLoop();
      }
    };
    await Promise.all([write(a, 'a'), write(b, 'b'), write(clients[1], 'c')]);
    await settle();

    const rows = await workspace.rows<{ seq: string }>(
      'select seq from log_entry where compartment = $1 order by seq',
      [compartment],
    );
    expect(rows.map(({ seq }) => Number(seq))).toEqual(
      Array.from({ length: 1 + 3 * rounds }, (_, index) => index + 1),
    );
    expect(await workspace.headOf(compartment)).toBe(1 + 3 * rounds);
    expect(clients.map(({ gaps }) => gaps)).toEqual(clients.map(() => []));
    const states = await Promise.all(
      nodes.map((node) => node.room(compartment).visit(register, (live) => live.encode())),
    );
    expect(states[0]).toEqual(states[1]);
  });

  it('answers an edit that is repeated at the other node as the first one did', async () => {
    const [a, , b] = clients;
    const first = await a.set({ 'mine/notes': 'here' }, { edit: 'moved-to-b' });

    const repeated = await b.set({ 'mine/notes': 'there' }, { edit: 'moved-to-b' });
    expect(repeated).toEqual({ ...first, again: true });
    expect(await workspace.headOf(compartment)).toBe(2);
  });

  it('sees on each node what the other has changed since, as a conflict', async () => {
    const [a, , , b] = clients;
    await a.commit({ shared: project('Shared', { parties: ['USA', 'AUS'] }) });
    await settle();
    const seen = a.seq;
    await b.commit({ 'shared/notes': 'from Canberra' }, { seen });
    const seq = await a.commit({ 'shared/notes': 'from Washington' }, { seen });

    const rows = await workspace.rows('select seq, field from conflict where compartment = $1', [
      compartment,
    ]);
    expect(rows).toEqual([{ seq: String(seq), field: 'notes' }]);
    await settle();
    await expect.poll(() => b.sent('conflict')).toMatchObject([{ seq, field: 'notes' }]);
    expect(a.sent('conflict')).toEqual(b.sent('conflict'));
  });
});

interface Gate {
  isShut: boolean;
  open: () => void;
}

/** Reads the head, and tells it only when the gate is opened again. */
class SlowToTellItsHead extends PostgresDocumentStore {
  readonly #gate: Gate;

  constructor(pool: AppPool, gate: Gate) {
    super(pool);
    this.#gate = gate;
  }

  override async head(compartment: string): Promise<Head> {
    const head = await super.head(compartment);
    if (!this.#gate.isShut) return head;
    await new Promise<void>((resolve) => {
      this.#gate.open = resolve;
      this.#gate.isShut = false;
    });

    return head;
  }
}

describe('following the head', () => {
  it('sends what many edits have come to, not every one of them', async () => {
    const [a, , b] = clients;
    const edits = 300;
    for (let edit = 0; edit < edits; edit += 1)
      await a.commit({ 'mine/notes': `${String(edit)}${'.'.repeat(100)}` });
    const before = b.sent('update').length;
    await settle();

    const updates = b
      .sent('update')
      .slice(before)
      .map(({ update }) => update as Uint8Array);
    expect(updates).toHaveLength(1);
    expect(updates[0]?.length).toBeLessThan(1_000);
  });

  it('brings what another node has written to those who only look', async () => {
    const [a, , , onlooker] = clients;
    const seq = await a.commit({ 'mine/notes': 'written elsewhere' });
    await nodes[1].room(compartment).followHead();

    await expect.poll(() => onlooker.cells.get('mine/notes')).toBe('written elsewhere');
    expect(onlooker.seq).toBe(seq);
  });

  it('never takes a room back behind its own turns', async () => {
    const gate: Gate = { isShut: false, open: () => undefined };
    const node = await workspace.node({ store: (pool) => new SlowToTellItsHead(pool, gate) });
    const writer = await node.open(workspace.people.usa, document);
    await clients[0].commit({ 'mine/notes': 'before' });
    gate.isShut = true;
    const following = node.room(compartment).followHead();
    await expect.poll(() => gate.isShut).toBe(false);
    // The head is told while a turn waits, and looked at when the turn has gone further.
    const held = await workspace.holdHead(compartment);
    const answer = writer.commit({ 'mine/notes': 'after' });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    gate.open();
    await following;
    await held.release();
    const seq = await answer;

    expect(await node.room(compartment).visit(register, (_document, at) => at)).toBe(seq);
  });
});
