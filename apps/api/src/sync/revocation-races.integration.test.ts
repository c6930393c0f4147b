/** An edit and a revocation at the same moment: whichever comes first, none is committed after the loss of the right. */
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { UpdateAnswer } from '@lodestone/sync-protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode, TestPerson } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

const races = process.env.LODESTONE_TEST_SIZE === 'long' ? 10_000 : 150;

let workspace: TestWorkspace;
let compartment: string;
let leaver: TestPerson;
let node: TestNode;
let client: TestClient;
let bystander: TestClient;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
  compartment = await workspace.addCompartment();
  node = await workspace.node();
  const document = `${compartment}/project`;
  await (await node.open(workspace.people.usa, document)).commit({ mine: project('Mine') });
  leaver = await workspace.addPerson('JPN');
  await node.rooms.readAccess();
  client = await node.open(leaver, document);
  bystander = await node.open(workspace.people.usa, document);
});

afterAll(async () => {
  await workspace.remove();
});

async function appoint(): Promise<void> {
  await workspace.rows(
    `with version as (update access_version set version = version + 1)
     update person set roles = '{editor}' where id = $1`,
    [leaver.id],
  );
  await node.rooms.readAccess();
}

async function revoke(): Promise<number> {
  const connection = await workspace.superuser.connect();
  try {
    await connection.query('begin');
    await connection.query('update access_version set version = version + 1');
    await connection.query(`update person set roles = '{observer}' where id = $1`, [leaver.id]);
    const { rows } = await connection.query<{ seq: string }>(
      'select seq from compartment_head where compartment = $1',
      [compartment],
    );
    await connection.query('commit');

    return Number(rows[0]?.seq);
  } finally {
    connection.release();
  }
}

/** Lets some other things happen first: on a fast machine a commit takes a thousand turns of the loop, on a slow one ten. */
async function letPass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await turnOfTheLoop();
}

it(`of ${String(races)} races none leaves an edit behind its author's loss`, async () => {
  const seen = { committed: 0, rejected: 0 };
  for (let race = 0; race < races; race += 1) {
    await appoint();
    const [headAtLoss, answer] = (await Promise.all([
      letPass(2 ** (race % 12)).then(revoke),
      letPass(race % 5).then(() => client.set({ 'mine/notes': `race ${String(race)}` })),
      bystander.set({ 'mine/status': `race ${String(race)}` }),
    ] as const)) satisfies readonly [number, UpdateAnswer, UpdateAnswer];

    expect(['committed', 'rejected']).toContain(answer.status);
    if (answer.status === 'committed') expect(answer.seq).toBeLessThanOrEqual(headAtLoss);
    if (answer.status === 'rejected') {
      expect(answer.code).toBe('access.denied');
      // Its clocks are torn: it starts again, as a client does.
      await client.open(client.document);
    }
    seen[answer.status === 'committed' ? 'committed' : 'rejected'] += 1;
  }

  // Both ways of the race were run.
  expect(seen.committed).toBeGreaterThan(races / 20);
  expect(seen.rejected).toBeGreaterThan(races / 20);
}, 600_000);
