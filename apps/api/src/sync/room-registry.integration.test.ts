/** The watch of a node: what others write and what administrators change is here within a second, whatever went wrong before. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

let workspace: TestWorkspace;
let compartment: string;
let document: string;
let elsewhere: TestClient;
let watching: TestNode;
let onlooker: TestClient;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  document = `${compartment}/project`;
  elsewhere = await (await workspace.node()).open(workspace.people.usa, document);
  await elsewhere.commit({ mine: project('Mine') });
  watching = await workspace.node();
  await watching.rooms.onApplicationBootstrap();
  onlooker = await watching.open(workspace.people.jpn, document);
});

afterAll(async () => {
  await workspace.remove();
});

const moveVersion = () =>
  workspace.superuser.query('update access_version set version = version + 1');

async function timeUntil(isSo: () => boolean): Promise<number> {
  const begun = performance.now();
  await expect.poll(isSo, { interval: 20 }).toBe(true);

  return performance.now() - begun;
}

describe('the watch', () => {
  it('brings what another node writes, and tells of changed rights, within a second', async () => {
    let changes = 0;
    watching.rooms.onAccessChange(() => {
      changes += 1;
    });
    await elsewhere.commit({ 'mine/notes': 'written elsewhere' });
    await moveVersion();

    expect(
      await timeUntil(
        () => onlooker.cells.get('mine/notes') === 'written elsewhere' && changes > 0,
      ),
    ).toBeLessThan(1_000);
    expect(changes).toBe(1);
    expect(onlooker.gaps).toEqual([]);
  });

  it('goes on after an outage', async () => {
    await workspace.whileDown(async () => {
      await expect(watching.rooms.readAccess()).rejects.toThrow();
    });
    await elsewhere.open(document);
    await elsewhere.commit({ 'mine/notes': 'after the outage' });

    await expect.poll(() => onlooker.cells.get('mine/notes')).toBe('after the outage');
    expect(onlooker.gaps).toEqual([]);
  });
});
