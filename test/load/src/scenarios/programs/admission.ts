/** Times inspect, apply and diff of single cells, and Y.applyUpdate of the same ones on a document without admission. */
import { builtInRules, decide, type Actor } from '@lodestone/access-policy';
import { findRegister, registers, type PartyCode } from '@lodestone/document-model';
import { Admission, type Author } from '@lodestone/update-admission';
import * as Y from 'yjs';
import { manyProjects } from '../../measure/many-projects.ts';
import { mean } from '../../measure/statistics.ts';

const records = 10_000;
const edits = 6_000;
/** The first ones are slower: the code is compiled while they run. */
const warmUp = 2_000;
const bytes = 110;

const project = findRegister('project');
if (project === undefined) throw new Error('there is no register of projects');
const rules = builtInRules(registers);
const [usa, jpn] = ['USA', 'JPN'] as PartyCode[];
if (usa === undefined || jpn === undefined) throw new Error('no parties');
const actor: Actor = { person: 'a-person', party: usa, roles: ['editor'] };
const audience = { everyone: false, parties: [usa, jpn] };
const author: Author = {
  clientId: 4_711,
  decide: ({ action, owners, field }) =>
    decide(rules, {
      actor,
      action,
      resource: { audience, register: project.name, owners, ...(field !== undefined && { field }) },
    }),
  changedSince: () => undefined,
};

const start = stateOf(manyProjects(records));
const [guarded, plain] = [loaded(start), loaded(start)];
const gate = new Admission(guarded, project);
const times = { inspect: [] as number[], diff: [] as number[], apply: [] as number[] };

for (const [index, update] of makeEdits().entries()) {
  const turns = [() => passGate(update, index), () => applyPlain(update, index)];
  // Whoever comes second finds the update in the cache: they take turns.
  for (const turn of index % 2 === 0 ? turns : turns.toReversed()) turn();
}
const figures = {
  inspectUs: mean(times.inspect) * 1000,
  diffUs: mean(times.diff) * 1000,
  applyUs: mean(times.apply) * 1000,
};
process.stdout.write(`figures ${JSON.stringify(figures)}\n`);

function passGate(update: Uint8Array, index: number): void {
  const begun = performance.now();
  const inspection = gate.inspect(update, author);
  const inspected = performance.now();
  if (inspection.verdict !== 'admitted') throw new Error(JSON.stringify(inspection));
  Y.applyUpdate(guarded, update);
  const applied = performance.now();
  gate.diff(inspection);
  const compared = performance.now();
  if (index < warmUp) return;
  times.inspect.push(inspected - begun);
  times.diff.push(compared - applied);
}

function applyPlain(update: Uint8Array, index: number): void {
  const begun = performance.now();
  Y.applyUpdate(plain, update);
  if (index >= warmUp) times.apply.push(performance.now() - begun);
}

function makeEdits(): readonly Uint8Array[] {
  const doc = loaded(start);
  doc.clientID = author.clientId;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const ids = Object.keys(manyProjects(records));
  for (let edit = 0; edit < edits; edit++) {
    const record = ids[(edit * 7_919) % ids.length] ?? '';
    doc
      .getMap('project')
      .set(`${record}/notes`, `Note ${String(edit)} `.padEnd(bytes, 'of a person '));
  }

  return updates;
}

function stateOf(births: Readonly<Record<string, object>>): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const [record, birth] of Object.entries(births)) doc.getMap('project').set(record, birth);
  });

  return Y.encodeStateAsUpdate(doc);
}

function loaded(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);

  return doc;
}
