/** Who stands where, and what two people made of one cell. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceClient } from './client.ts';
import { Presence, type Standing } from './presence.ts';
import { sources, startTab, until } from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

const at = (field: string) => ({ record: 'a', field });

describe('presence', () => {
  let server: WorkspaceServer;
  let tabs: WorkspaceClient[] = [];

  beforeEach(async () => {
    server = await WorkspaceServer.start();
    tabs = [await startTab(server, 'usa'), await startTab(server, 'jpn')];
  });

  afterEach(async () => {
    await Promise.all(tabs.map((client) => client.close()));
    await server.stop();
  });

  const openBoth = async () => {
    const documents = await Promise.all(tabs.map((client) => client.open(sources)));
    await Promise.all(documents.map((document) => document.whenReady()));
    const [usa, jpn] = documents;
    if (usa === undefined || jpn === undefined) throw new Error('two tabs');

    return { usa, jpn };
  };

  it('[PR60] shows where the others stand, in the name that the server gives them', async () => {
    const { usa, jpn } = await openBoth();

    usa.stand(at('title'), { editing: true });

    await until('seen', () => jpn.people.length === 1);
    expect(jpn.people).toMatchObject([{ user: 'usa', at: at('title'), editing: true }]);
    usa.stand(null, { editing: false });
    await until('left', () => jpn.people[0]?.at === null);
  });

  it('[PR61] forgets them when the connection ends, and tells its own place again after it', async () => {
    const { usa, jpn } = await openBoth();
    usa.stand(at('title'), { editing: false });
    await until('seen', () => jpn.people.length === 1);

    server.dropConnections();

    await until('forgotten', () => jpn.people.length === 0);
    await until('seen again', () => jpn.people[0]?.user === 'usa');
  });

  it('[PR60] shows who left no longer', async () => {
    const { usa, jpn } = await openBoth();
    usa.stand(at('title'), { editing: false });
    await until('seen', () => jpn.people.length === 1);

    await tabs[0]?.close();

    await until('gone', () => jpn.people.length === 0);
  });

  it('[PR62] tells at most ten times a second, and the last place always', async () => {
    const told: Standing[] = [];
    const presence = new Presence((standing) => told.push(standing));
    presence.connected();

    for (let i = 0; i < 40; i++) presence.stand({ at: at(String(i)), editing: false });
    presence.stand({ at: at('last'), editing: false });

    expect(told).toHaveLength(1);
    await until('the last', () => told.at(-1)?.at?.field === 'last');
    expect(told).toHaveLength(2);
    presence.disconnected();
  });

  it('[PR63] lists conflicts until they are read', async () => {
    const { usa } = await openBoth();
    const conflict = (seq: number) => ({
      ...{ document: sources, seq, record: 'a', field: 'title' },
      kept: { value: 'x', user: 'jpn' },
      other: { value: 'y', user: 'usa' },
    });
    server.sendConflict(conflict(4));
    server.sendConflict(conflict(3));
    server.sendConflict(conflict(4));
    await until('both', () => usa.conflicts.length === 2);
    expect(usa.conflicts.map(({ seq }) => seq)).toEqual([3, 4]);

    usa.markRead(3);

    expect(usa.conflicts).toEqual([conflict(4)]);
    await until('told', () => server.read.length === 1);
    expect(server.read).toEqual([{ document: sources, seq: 3 }]);
  });

  it('[PR64] passes on rights as they change', async () => {
    const { usa } = await openBoth();
    expect(usa.rights).toEqual({ of: 'usa' });
    const heard: unknown[] = [];
    usa.onRights((rights) => heard.push(rights));

    server.sendRights(sources, { of: 'nobody' });

    await until('rights', () => heard.length === 1);
    expect(usa.rights).toEqual({ of: 'nobody' });
  });
});
