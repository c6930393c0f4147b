/** The one statement of a swift turn: what is written goes on from what its room knew, by the rights it knew, or not at all. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CompartmentTurn } from './document-store.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { project } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

/** Keeps the last turn, as an example of one. */
class KeepingStore extends PostgresDocumentStore {
  last: CompartmentTurn | undefined;

  override async append(...[turns, accessVersion]: Parameters<PostgresDocumentStore['append']>) {
    this.last = turns[0];

    return super.append(turns, accessVersion);
  }
}

let workspace: TestWorkspace;
let node: TestNode;
let store: KeepingStore;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  node = await workspace.node({ store: (pool) => (store = new KeepingStore(pool)) });
});

afterAll(async () => {
  await workspace.remove();
});

/** A turn that would go on from the head of a compartment that has one entry. */
async function nextTurn(): Promise<CompartmentTurn> {
  const compartment = await workspace.addCompartment();
  await node.rooms.readAccess();
  const usa = await node.open(workspace.people.usa, `${compartment}/project`);
  await usa.commit({ mine: project('Mine') });
  const made = store.last;
  const entry = made?.turn.entries[0];
  if (made === undefined || entry === undefined) throw new Error('nothing was written');
  const from = made.turn.head;
  const seq = from.seq + 1;
  const meta = { ...entry.meta, seq, edit: randomUUID() };
  const head = { seq, frontier: new Uint8Array(32).fill(seq) };

  return {
    compartment,
    from,
    turn: { ...made.turn, head, entries: [{ ...entry, meta }], changes: [] },
  };
}

describe('a turn', () => {
  it('that goes on from the head is written', async () => {
    const turn = await nextTurn();

    expect(await store.append([turn], node.access.version)).toEqual({
      outcome: 'appended',
      compartments: new Set([turn.compartment]),
    });
    expect(await workspace.headOf(turn.compartment)).toBe(2);
  });

  it('that goes on from another head of the same number is not', async () => {
    const turn = await nextTurn();
    const other = { ...turn, from: { ...turn.from, frontier: new Uint8Array(32) } };

    expect(await store.append([other], node.access.version)).toEqual({
      outcome: 'appended',
      compartments: new Set(),
    });
    expect(await workspace.headOf(turn.compartment)).toBe(1);
  });

  it('that was made by rights that have changed is not', async () => {
    const turn = await nextTurn();

    expect(await store.append([turn], node.access.version - 1)).toEqual({
      outcome: 'access-moved',
    });
    expect(await workspace.headOf(turn.compartment)).toBe(1);
  });

  it('of one compartment does not wait for, nor fall with, that of another', async () => {
    const [free, held, moved] = [await nextTurn(), await nextTurn(), await nextTurn()];
    const holder = await workspace.holdHead(held.compartment);
    const lost = { ...moved, from: { ...moved.from, frontier: new Uint8Array(32) } };
    try {
      expect(await store.append([held, free, lost], node.access.version)).toEqual({
        outcome: 'appended',
        compartments: new Set([free.compartment]),
      });
    } finally {
      await holder.release();
    }
    const entries = await workspace.rows(
      'select compartment from log_entry where compartment = any($1) and seq = 2',
      [[free, held, moved].map(({ compartment }) => compartment)],
    );
    expect(entries).toEqual([{ compartment: free.compartment }]);
  });
});
