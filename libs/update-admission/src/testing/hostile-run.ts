/**
 * One document with some history, attacked with broken and made-up updates, with Yjs itself as the witness. The same seed
 * is the same attack: a failure replays.
 */
import fc from 'fast-check';
import * as Y from 'yjs';
import type { Author } from '../author.ts';
import { breakBytes, diceOf, makeUp, type Dice } from './hostile-edit.ts';
import { perform, write, type Write } from './honest-edit.ts';
import { applyWatched, checkDocument } from './oracle.ts';
import { Member, openWorkspace, sameBytes, type Workspace } from './workspace.ts';

const attacker = 8;
const forbidden = new Set(['stock', 'parties']);
const rights: Partial<Author> = {
  decide: ({ field = '' }) =>
    forbidden.has(field)
      ? { effect: 'deny', reason: { en: '', ja: '' }, remedy: { en: '', ja: '' } }
      : { effect: 'permit', rule: 'r' },
};

/** Drawn once: drawing costs more than inspecting. */
const writes = fc.sample(write, { seed: 1, numRuns: 1_000 });

function pickWrites(dice: Dice, howMany: number): readonly Write[] {
  const from = dice(writes.length - howMany);

  return writes.slice(from, from + howMany);
}

/** What happened over all runs, so that whoever runs them can say that they reached every corner. */
export interface Tally {
  readonly verdicts: Map<string, number>;
  refusedAndHarmful: number;
}

/** A document with some history by three people, so that the attacker finds neighbours of every kind. */
function openWithHistory(dice: Dice): Workspace {
  const { workspace, founder } = openWorkspace();
  workspace.admit(founder.set('r2', { name: 'R2', sources: ['s1'] }), 2);
  const people = [attacker - 5, attacker, attacker + 5].map((id) => workspace.member(id));
  pickWrites(dice, 24).forEach((one, at) => {
    const person = people[dice(people.length)];
    if (person === undefined || one.act === 'create') return;
    workspace.admit(
      person.edit((cells) => {
        perform(cells, one, () => `h${String(at)}`);
      }),
      person.clientId,
    );
    if (dice(3) > 0) person.receive(workspace.state);
  });

  return workspace;
}

function brokenHonestUpdate(dice: Dice, state: Uint8Array): Uint8Array {
  const member = new Member(attacker, state);
  const update = member.edit((cells) => {
    for (const one of pickWrites(dice, 1 + dice(3)))
      perform(cells, one, () => `b${String(dice(2 ** 31))}`);
  });

  return breakBytes(dice, update);
}

/** What a document without a gate makes of it: an exception, or something that waits for ever. */
function isHarmful(state: Uint8Array, update: Uint8Array): boolean {
  const bare = new Y.Doc({ guid: 'bare' });
  bare.getMap('site');
  Y.applyUpdate(bare, state);
  try {
    Y.applyUpdate(bare, update);
  } catch {
    return true;
  }

  return bare.store.pendingStructs !== null || bare.store.pendingDs !== null;
}

/** Attacks a document whose state is given, and returns its state afterwards. */
function attack(
  workspace: Workspace,
  state: Uint8Array,
  bytes: Uint8Array,
  tally: Tally,
): Uint8Array {
  let update = bytes;
  let inspection = workspace.inspect(update, attacker, rights);
  if (inspection.verdict === 'trim') {
    count(tally, 'trim');
    update = workspace.admission.trim(update);
    inspection = workspace.inspect(update, attacker, rights);
    if (inspection.verdict === 'trim') throw new Error('trimmed, and still to be trimmed');
  }
  count(tally, inspection.verdict);
  if (!sameBytes(workspace.state, state)) throw new Error('inspecting changed the document');
  if (inspection.verdict === 'admitted') {
    const changes = applyWatched(workspace, update, inspection);
    const gone = changes.find(({ field }) => forbidden.has(field));
    if (gone !== undefined) throw new Error(`${gone.field} was changed, which is forbidden`);

    return workspace.state;
  }
  if (inspection.verdict === 'rejected') {
    count(tally, inspection.code);
    // A sample of the refused ones is tried on a bare document, to show that the refusals are not idle.
    if ((tally.verdicts.get('rejected') ?? 0) % 8 === 0 && isHarmful(state, update)) {
      tally.refusedAndHarmful += 1;
    }
  }

  return state;
}

function count({ verdicts }: Tally, name: string): void {
  verdicts.set(name, (verdicts.get(name) ?? 0) + 1);
}

export function startTally(): Tally {
  return { verdicts: new Map(), refusedAndHarmful: 0 };
}

/** Twice so many updates as `rounds`; throws where one of them does what it must not. */
export function attackDocument(seed: number, rounds: number, tally: Tally): void {
  const dice = diceOf(seed);
  const workspace = openWithHistory(dice);
  let { state } = workspace;
  for (let left = rounds; left > 0; left -= 1) {
    state = attack(workspace, state, brokenHonestUpdate(dice, state), tally);
    state = attack(workspace, state, makeUp(dice, workspace, attacker), tally);
  }
  checkDocument(workspace);
}

/** What every long enough run has met, or the attack has lost its aim. */
export const mustMeet = [
  ...['admitted', 'rejected', 'resync', 'duplicate', 'trim'],
  ...['value.invalid', 'access.denied', 'record.exists', 'update.malformed'],
];
