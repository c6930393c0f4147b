/** One socket: what it answers to odd messages, and what is left of it when it goes at the wrong moment. */
import { findRegister, type Register } from '@lodestone/document-model';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

const register = findRegister('project') as Register;

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let node: TestNode;
let usa: TestClient;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  node = await workspace.node();
  usa = await node.open(workspace.people.usa, document);
  await usa.commit({ mine: project('Mine') });
});

afterAll(async () => {
  await workspace.remove();
});

describe('a socket that disconnects', () => {
  it('while it opens a document leaves nobody behind, and its client id is free again', async () => {
    const leaving = node.connect(workspace.people.jpn);
    const held = await workspace.hold('lock table client_lease in exclusive mode');
    const opening = leaving.socket.handlers.open({ document, protocol: 1, device: 'test-device' });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    leaving.socket.disconnect();
    await held.release();
    await opening;
    await usa.commit({ 'mine/notes': 'nobody else looks' });

    const channel = node.room(compartment).channelOf(register);
    expect([...channel.subscribers()].map(({ session }) => session.id)).toEqual([usa.session.id]);
    expect(leaving.received).toEqual([]);
  });

  it('with an edit on its way does not take the edit back', async () => {
    const jpn = await node.open(workspace.people.jpn, document);
    const held = await workspace.holdHead(compartment);
    const answer = jpn.set({ 'mine/notes': 'sent just before' });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    jpn.socket.disconnect();
    await held.release();

    expect(await answer).toMatchObject({ status: 'committed' });
    await expect.poll(() => usa.cells.get('mine/notes')).toBe('sent just before');
  });
});

describe('a document', () => {
  it('opened twice at the same time has one subscription, under the client id of the later answer', async () => {
    const client = node.connect(workspace.people.jpn);
    const open = () =>
      client.socket.handlers.open({ document, protocol: 1, device: 'test-device' });

    const [first, second] = (await Promise.all([open(), open()])) as { clientId: number }[];

    const channel = node.room(compartment).channelOf(register);
    const own = [...channel.subscribers()].filter(({ session }) => session === client.session);
    expect(own.map(({ clientId }) => clientId)).toEqual([second?.clientId]);
    expect(channel.holdsClientId(first?.clientId ?? 0)).toBe(first?.clientId === second?.clientId);
  });

  it('that is opened once more takes the edit that comes right behind', async () => {
    const jpn = await node.open(workspace.people.jpn, document);
    const { clientID: clientId } = jpn.replica;
    const held = await workspace.hold('lock table client_lease in access exclusive mode');
    const again = jpn.socket.handlers.open({
      ...{ document, protocol: 1, device: 'test-device', clientId, generation: 1 },
    });
    await expect.poll(() => workspace.blocked()).toBeDefined();
    const answer = jpn.set({ 'mine/notes': 'right behind' });
    await held.release();

    expect(await answer).toMatchObject({ status: 'committed' });
    expect(await again).toMatchObject({ status: 'open', clientId });
  });

  it('left is neither written nor read any more', async () => {
    const jpn = await node.open(workspace.people.jpn, document);
    const aus = await node.open(workspace.people.aus, document);
    expect(await jpn.socket.handlers.leave({ document })).toEqual({ status: 'left' });
    const known = jpn.received.length;
    await usa.commit({ 'mine/notes': 'unseen' });
    await expect.poll(() => aus.cells.get('mine/notes')).toBe('unseen');

    expect(await jpn.set({ 'mine/notes': 'from outside' })).toMatchObject({
      status: 'rejected',
      code: 'access.denied',
    });
    expect(await jpn.socket.handlers.read({ document, seq: 1 })).toMatchObject({
      status: 'refused',
    });
    expect(jpn.received).toHaveLength(known);
  });
});

describe('a message that is none', () => {
  const junk = [
    undefined,
    null,
    7,
    'open',
    [],
    {},
    { document: 7 },
    { document: 'x'.repeat(201), protocol: 1, device: 'test-device' },
    { document: '__proto__', protocol: 1, device: 'test-device' },
    { document: 'allied/project', update: 'text', seen: -1, seq: 1.5 },
  ];

  it.each(['open', 'update', 'read', 'leave'] as const)(
    'is answered by %s, and changes nothing',
    async (event) => {
      for (const body of junk) {
        const answer = (await usa.socket.handlers[event](body)) as { status: string };

        expect(['refused', 'rejected', 'left']).toContain(answer.status);
      }
      expect(await usa.set({ 'mine/notes': 'still here' })).toMatchObject({ status: 'committed' });
    },
  );

  it('of presence is passed over', () => {
    for (const body of junk) expect(usa.socket.handlers.presence(body)).toBeUndefined();
    expect(node.room(compartment).channelOf(register).presence.everyone().people).toEqual([]);
  });
});
