/** Hostile updates by the thousand, with Yjs itself as the witness (security.md 1.3: run again on every update of Yjs). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Author } from './author.ts';
import { breakBytes, diceOf, makeUp, type Dice } from './testing/hostile-edit.ts';
import { perform, write, type Write } from './testing/honest-edit.ts';
import { applyWatched, checkDocument } from './testing/oracle.ts';
import { Member, openWorkspace, sameBytes, type Workspace } from './testing/workspace.ts';

const isLong = process.env['LODESTONE_TEST_SIZE'] === 'long';
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

/** What happened over all runs, so that the test can say that it reached every corner. */
interface Tally {
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
    expect(inspection.verdict).not.toBe('trim');
  }
  count(tally, inspection.verdict);
  expect(sameBytes(workspace.state, state)).toBe(true);
  if (inspection.verdict === 'admitted') {
    const changes = applyWatched(workspace, update, inspection);
    expect(changes.filter(({ field }) => forbidden.has(field))).toEqual([]);

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

it(
  '[UA10] of 20,000 broken and made-up updates, each is harmless or refused',
  { timeout: isLong ? 900_000 : 180_000 },
  () => {
    const tally: Tally = { verdicts: new Map(), refusedAndHarmful: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const dice = diceOf(seed);
        const workspace = openWithHistory(dice);
        let { state } = workspace;
        for (let left = 100; left > 0; left -= 1) {
          state = attack(workspace, state, brokenHonestUpdate(dice, state), tally);
          state = attack(workspace, state, makeUp(dice, workspace, attacker), tally);
        }
        checkDocument(workspace);
      }),
      isLong ? { numRuns: 1_000 } : { numRuns: 100, seed: 1 },
    );
    const reached = Object.fromEntries(tally.verdicts);
    for (const verdict of ['admitted', 'rejected', 'resync', 'duplicate', 'trim']) {
      expect(reached).toHaveProperty(verdict);
    }
    for (const code of ['value.invalid', 'access.denied', 'record.exists', 'update.malformed']) {
      expect(reached).toHaveProperty([code]);
    }
    expect(reached['admitted']).toBeGreaterThan(1_000);
    expect(tally.refusedAndHarmful).toBeGreaterThan(200);
  },
);
