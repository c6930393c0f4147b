/** People who edit together, meet in the same cells and go offline: the gate is never in their way, and never wrong. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { decodeUpdate } from './decode-update.ts';
import { perform, write } from './testing/honest-edit.ts';
import { applyWatched, checkDocument } from './testing/oracle.ts';
import { openWorkspace, type Member, type Workspace } from './testing/workspace.ts';

const isLong = process.env['LODESTONE_TEST_SIZE'] === 'long';

/** A person with what he has not sent yet and what he has not received yet. */
class Peer {
  readonly member: Member;
  readonly outbox: Uint8Array[] = [];
  readonly inbox: Uint8Array[] = [];
  readonly sent: Uint8Array[] = [];
  isOnline = true;

  constructor(member: Member) {
    this.member = member;
  }
}

/** One room: it admits and applies what comes, and gives it to the others. */
class Room {
  readonly workspace: Workspace;
  readonly peers: readonly Peer[];
  readonly outcomes = new Set<string>();

  constructor(clientIds: readonly number[]) {
    this.workspace = openWorkspace().workspace;
    this.peers = clientIds.map((clientId) => new Peer(this.workspace.member(clientId)));
  }

  send(from: Peer): void {
    const update = from.outbox.shift();
    if (update === undefined) return;
    expectSameReading(update);
    const inspection = this.workspace.inspect(update, from.member.clientId);
    if (inspection.verdict !== 'admitted') throw new Error(JSON.stringify(inspection));
    for (const { outcome } of applyWatched(this.workspace, update, inspection)) {
      this.outcomes.add(outcome);
    }
    from.sent.push(update);
    for (const peer of this.peers) if (peer !== from) peer.inbox.push(update);
  }

  receive(by: Peer): void {
    const update = by.inbox.shift();
    if (update !== undefined) by.member.receive(update);
  }

  repeat(from: Peer, which: number): void {
    const update = from.sent[which % from.sent.length];
    if (update === undefined) return;
    const { verdict } = this.workspace.inspect(update, from.member.clientId);
    expect(verdict).toBe('duplicate');
  }

  settle(): void {
    for (const peer of this.peers) while (peer.outbox.length > 0) this.send(peer);
    for (const peer of this.peers) while (peer.inbox.length > 0) this.receive(peer);
  }
}

/** The strict decoder reads what Yjs's own reads. */
function expectSameReading(update: Uint8Array): void {
  const mine = decodeUpdate(update, 'site');
  const { structs, ds } = Y.decodeUpdate(update);
  const items = mine.section?.items ?? [];
  expect(items.map(({ clock, length }) => [clock, length])).toEqual(
    structs.map((struct) => [struct.id.clock, struct.length]),
  );
  items.forEach((item, at) => {
    const struct = structs[at] as Y.Item;
    expect(item.origin?.clock).toBe(struct.origin?.clock);
    expect(item.origin?.clientId).toBe(struct.origin?.client);
    expect(item.key).toBe(struct.parentSub ?? undefined);
    if (item.content !== undefined)
      expect(struct.content.getContent()).toEqual([item.content.value]);
  });
  const ranges = [...ds.clients].flatMap(([clientId, deletes]) =>
    deletes.map(({ clock, len }) => ({ clientId, clock, end: clock + len })),
  );
  expect(mine.deletes).toEqual(ranges);
}

const who = fc.nat({ max: 2 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who,
      writes: fc.array(write, { minLength: 1, maxLength: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('receive' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('line' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), who, which: fc.nat() }) },
);

it(
  '[UA10] honest people are admitted, repeated edits are duplicates, and the changes told are those that happen',
  { timeout: isLong ? 300_000 : 30_000 },
  () => {
    const outcomes = new Set<string>();
    const script = fc.array(step, { minLength: 20, maxLength: 80 });
    const clientIds = fc.uniqueArray(fc.integer({ min: 3, max: 0xfffffffe }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(script, clientIds, (steps, ids) => {
        const room = new Room(ids);
        let made = 0;
        const newId = () => `new-${String((made += 1))}`;
        for (const action of steps) {
          const peer = room.peers[action.who];
          if (peer === undefined) throw new Error('nobody');
          if (action.do === 'edit') {
            const edit = (cells: Y.Map<unknown>) => {
              for (const one of action.writes) perform(cells, one, newId);
            };
            peer.outbox.push(peer.member.edit(edit));
          } else if (action.do === 'line') peer.isOnline = !peer.isOnline;
          else if (action.do === 'repeat') room.repeat(peer, action.which);
          else if (peer.isOnline) room[action.do](peer);
        }
        room.settle();
        checkDocument(room.workspace);
        const cells = room.workspace.cells.toJSON();
        for (const { member } of room.peers) expect(member.cells().toJSON()).toEqual(cells);
        for (const outcome of room.outcomes) outcomes.add(outcome);
      }),
      { numRuns: isLong ? 3_000 : 120 },
    );
    expect(outcomes).toEqual(new Set(['applied', 'won', 'lost']));
  },
);
