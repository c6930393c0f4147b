/**
 * A document with half a million overwrites and ten thousand client ids is re-based while two people type and a third is
 * away (`LODESTONE_TEST_SIZE=long`; else a smaller one). What it cost before and after is printed, not asserted.
 */
import {
  encodeGeneration,
  findRegister,
  generationHash,
  type Register,
} from '@lodestone/document-model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LiveDocument } from './live-document.ts';
import { GenerationClient } from './testing/generation-client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';
import { writePast, type Past } from './testing/worn-document.ts';

const register = findRegister('project') as Register;
const past: Past =
  process.env['LODESTONE_TEST_SIZE'] === 'long'
    ? { records: 10_000, overwrites: 500_000, clientIds: 10_000 }
    : { records: 1_000, overwrites: 20_000, clientIds: 600 };
const editsEach = 60;

let workspace: TestWorkspace;
let node: TestNode;
let compartment: string;
let document: string;
let pastSeq: number;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  await writePast(node, document, { past, person: workspace.people.usa });
  pastSeq = await workspace.headOf(compartment);
}, 900_000);

afterAll(async () => {
  await workspace.remove();
});

interface Cost {
  readonly clientIds: number;
  readonly bytes: number;
  readonly readMs: number;
  readonly loadMs: number;
  readonly updateMs: number;
}

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  const result = work();

  return [result, performance.now() - start];
}

/** Of a process that has just started: what it reads, and what it makes of it. */
async function measure(): Promise<Cost> {
  const head = await workspace.headOf(compartment);
  const start = performance.now();
  const stored = await node.store.load(compartment, register.name, head);
  const readMs = performance.now() - start;
  const [live, loadMs] = timed(() => new LiveDocument(document as never, register, stored));
  const bytes = live.encode();
  const replica = new Y.Doc();
  Y.applyUpdate(replica, bytes);
  const updates: Uint8Array[] = [];
  replica.on('update', (update: Uint8Array) => updates.push(update));
  for (let at = 0; at < 100; at += 1)
    replica.getMap(register.name).set(`r${String(at)}/notes`, `measured ${String(at)}`);
  const [, allMs] = timed(() => {
    for (const update of updates) live.apply(update);
  });
  live.destroy();

  return {
    clientIds: Y.decodeStateVector(Y.encodeStateVector(replica)).size - 1,
    bytes: bytes.length,
    readMs: Math.round(readMs),
    loadMs: Math.round(loadMs),
    updateMs: Number((allMs / updates.length).toFixed(3)),
  };
}

it('re-bases a document with a long past, and nobody notices', { timeout: 900_000 }, async () => {
  const before = await measure();
  const { usa, jpn, aus } = workspace.people;
  const editors = [usa, jpn].map((person) => new GenerationClient(node.connect(person), document));
  const away = new GenerationClient(node.connect(aus), document);
  for (const editor of [...editors, away]) await editor.open();
  const birth = { name: 'From Canberra', parties: ['AUS'], state: 'candidate' };
  const outbox = [away.note({ offline: birth }), away.note({ 'offline/notes': 'made on a plane' })];
  away.goOffline();

  await Promise.all(
    editors.map(async (editor, who) => {
      for (let at = 0; at < editsEach; at += 1) {
        const record = `r${String(at * 2 + who)}`;
        await editor.edit({ [`${record}/notes`]: `typed ${String(who)} ${String(at)}` });
      }
    }),
  );
  await away.comeBack(node.connect(aus));
  for (const edit of outbox) await away.deliver(edit);
  const after = await measure();

  const { bytes, hash, generation } = await node.room(compartment).visit(register, (live) => ({
    bytes: live.encodeNext(),
    generation: live.generation,
    hash: generationHash(live.encodeNext()),
  }));
  expect(generation).toBe(2);
  for (const client of [...editors, away]) {
    await expect.poll(() => generationHash(encodeGeneration(register, client.held))).toBe(hash);
    expect(client.generations).toEqual([1, 2]);
  }
  // Who was there was not sent the document again, but made the generation himself.
  for (const { downloaded } of editors) expect(downloaded).toBeLessThan(bytes.length / 10);
  const [logged] = await workspace.rows<{ edits: number; distinct: number }>(
    `select count(*)::int as edits, count(distinct edit)::int as distinct from log_entry
     where compartment = $1 and outcome = 'admitted' and seq > $2 and edit is not null`,
    [compartment, pastSeq],
  );
  const typed = 2 * editsEach + outbox.length;
  expect(logged).toEqual({ edits: typed, distinct: typed });
  const longest = Math.max(...editors.map((editor) => editor.longestWaitMs));
  process.stdout.write(`${describe(before, after, longest)}\n`);
});

function describe(before: Cost, after: Cost, longestWaitMs: number): string {
  const rows: readonly (readonly [string, keyof Cost])[] = [
    ['client ids that have written', 'clientIds'],
    ['bytes of the document', 'bytes'],
    ['read from the database, ms', 'readMs'],
    ['loaded into memory, ms', 'loadMs'],
    ['one update applied, ms', 'updateMs'],
  ];
  const line = (name: string, one: unknown, other: unknown) =>
    `${name.padEnd(32)}${String(one).padStart(12)}${String(other).padStart(12)}`;

  return [
    `${String(past.records)} records, ${String(past.overwrites)} overwrites by ${String(past.clientIds)} client ids`,
    line('', 'before', 'after'),
    ...rows.map(([name, key]) => line(name, before[key], after[key])),
    `the longest that an editor waited for an answer: ${String(Math.round(longestWaitMs))} ms`,
  ].join('\n');
}
