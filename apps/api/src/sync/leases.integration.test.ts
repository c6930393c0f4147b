/** A client id is written with by one socket at a time, however close together two of them open. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { project } from './testing/client.ts';
import { TestWorkspace } from './testing/workspace.ts';

let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

afterAll(async () => {
  await workspace.remove();
});

it('two tabs of one device that open at once with the id both have are given two', async () => {
  const compartment = await workspace.addCompartment();
  const document = `${compartment}/project`;
  const node = await workspace.node();
  const before = await node.open(workspace.people.usa, document);
  await before.commit({ mine: project('Mine') });
  const had = { clientId: before.replica.clientID, generation: 1 };
  before.socket.disconnect();

  const tabs = [node.connect(workspace.people.usa), node.connect(workspace.people.usa)];
  const opened = await Promise.all(tabs.map((tab) => tab.open(document, had)));

  const ids = opened.map(({ clientId }) => clientId);
  expect(ids).toContain(had.clientId);
  expect(new Set(ids).size).toBe(2);
});
