/** However an edit comes to be sent again, it is applied once, and no newer value is reverted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceClient } from './client.ts';
import type { IntentCheck } from './local-check.ts';
import {
  cloneOf,
  crash,
  create,
  newDevice,
  setNotes,
  setTitle,
  sources,
  startTab,
  until,
  type Device,
} from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

const nowhere = 'http://127.0.0.1:9';

describe('an edit that is sent again', () => {
  let server: WorkspaceServer;
  const tabs: WorkspaceClient[] = [];
  const tab = async (user: string, device?: Device, more?: Parameters<typeof startTab>[3]) => {
    const client = await startTab(server, user, device, more);
    tabs.push(client);
    const document = await client.open(sources);
    await document.whenReady();

    return { client, document };
  };
  const isConnected = (client: WorkspaceClient) =>
    until('connection', () => client.connection.status === 'connected');
  const titleOf = (record: string) => server.records(sources).get(record)?.fields.title;
  const expectOnce = () => {
    expect(new Set(server.log.map((entry) => entry.edit)).size).toBe(server.log.length);
  };
  /** A device that has the record, and edits that were made without a server in reach. */
  const awayWith = async (...titles: readonly string[]) => {
    const device = newDevice();
    const first = await tab('usa', device);
    first.document.edit([create('a', 'Born')]);
    await first.client.whenSettled();
    await first.client.close();
    const { client, document } = await tab('usa', device, { url: nowhere });
    for (const title of titles) document.edit([setTitle('a', title)]);
    await client.close();

    return device;
  };

  beforeEach(async () => {
    server = await WorkspaceServer.start();
  });

  afterEach(async () => {
    await Promise.all(tabs.splice(0).map((client) => client.close()));
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it('[PR18] because its answers were lost, in the midst of many: each once, none over a newer value', async () => {
    const { client, document } = await tab('usa');
    document.edit([create('a', 'Born'), create('b', 'Born')]);
    await client.whenSettled();
    server.script.lostAnswers = 3;

    for (let i = 0; i < 40; i++) document.edit([setTitle('a', `mine ${String(i)}`)]);
    await until('the first', () => titleOf('a') === 'mine 0');
    document.edit([setTitle('b', 'mine')]);
    await client.whenSettled();
    server.write(sources, 'a/title', 'theirs');

    await until('theirs', () => document.records.get('a')?.fields.title === 'theirs');
    expectOnce();
    expect(server.log).toHaveLength(42);
    expect(titleOf('b')).toBe('mine');
  });

  it('[PR18] in another form, after a lost answer and a newer value: the newer value stands', async () => {
    const { client, document } = await tab('usa');
    document.edit([create('a', 'Born')]);
    await client.whenSettled();
    server.script.lostAnswers = 1;
    server.script.forgetLeases = true;

    document.edit([setTitle('a', 'mine')]);
    for (let i = 0; i < 10; i++) document.edit([setNotes('a', String(i))]);
    await until('mine', () => titleOf('a') === 'mine');
    server.write(sources, 'a/title', 'theirs');
    await client.whenSettled();

    await until('theirs', () => document.records.get('a')?.fields.title === 'theirs');
    expect(titleOf('a')).toBe('theirs');
    expect(server.records(sources).get('a')?.fields.notes).toBe('9');
    expectOnce();
  });

  it('[PR18] after a lost answer and a new generation: its first form stands, and nothing over it', async () => {
    const { client, document } = await tab('usa');
    document.edit([create('a', 'Born')]);
    await client.whenSettled();
    server.script.lostAnswers = 1;

    document.edit([setTitle('a', 'mine')]);
    await until('mine', () => titleOf('a') === 'mine');
    server.newGeneration(sources);
    server.write(sources, 'a/title', 'theirs');
    document.edit([setNotes('a', 'Later')]);
    await client.whenSettled();

    await until('theirs', () => document.records.get('a')?.fields.title === 'theirs');
    expect(server.records(sources).get('a')?.fields).toEqual({ title: 'theirs', notes: 'Later' });
    expectOnce();
  });

  it('[PR28] from both copies of a device, one after the other: once, and the newer value stands', async () => {
    const device = await awayWith('one', 'two');
    const copy = await cloneOf(device, [sources]);

    const { client } = await tab('usa', device);
    await client.whenSettled();
    await client.close();
    server.write(sources, 'a/title', 'newer');
    const other = await tab('usa', copy);
    await other.client.whenSettled();

    await until('newer', () => other.document.records.get('a')?.fields.title === 'newer');
    expect(titleOf('a')).toBe('newer');
    expectOnce();
    expect(server.log).toHaveLength(3);
    expect(other.client.tray.items).toEqual([]);
  });

  it('[PR28] from both copies of a device at once, each with something of its own: both heal and go on', async () => {
    const device = await awayWith('both have this');
    const copy = await cloneOf(device, [sources]);
    const [mine, theirs] = [
      await tab('usa', device, { url: nowhere }),
      await tab('usa', copy, { url: nowhere }),
    ];
    // The same clocks of the same client id, with another content on each.
    mine.document.edit([setNotes('a', 'the original')]);
    mine.document.edit([create('o', 'Original')]);
    theirs.document.edit([create('c', 'Copy')]);
    theirs.document.edit([setTitle('c', 'Copied')]);
    await mine.client.close();
    await theirs.client.close();

    const [one, two] = await Promise.all([tab('usa', device), tab('usa', copy)]);
    await Promise.all([one.client.whenSettled(), two.client.whenSettled()]);
    one.document.edit([setTitle('o', 'Still writing')]);
    two.document.edit([setNotes('c', 'Still writing')]);
    await Promise.all([one.client.whenSettled(), two.client.whenSettled()]);

    const expected = {
      a: { title: 'both have this', notes: 'the original' },
      c: { title: 'Copied', notes: 'Still writing' },
      o: { title: 'Still writing' },
    };
    for (const { client, document } of [one, two]) {
      const shown = () =>
        Object.fromEntries(['a', 'c', 'o'].map((id) => [id, document.records.get(id)?.fields]));
      await until('agreement', () => JSON.stringify(shown()) === JSON.stringify(expected)).catch(
        () => {
          expect(shown()).toEqual(expected);
        },
      );
      expect(client.tray.items).toEqual([]);
    }
    expectOnce();
  });

  it('[PR23] by two tabs that both find it: only one of them sends it', async () => {
    const device = await awayWith('one', 'two', 'three');

    const [one, two] = await Promise.all([tab('usa', device), tab('usa', device)]);
    await Promise.all([one.client.whenSettled(), two.client.whenSettled()]);

    await until('both', () =>
      [one, two].every(({ document }) => document.records.get('a')?.fields.title === 'three'),
    );
    expect(server.received).toBe(1 + 3);
    expectOnce();
  });

  it('[PR65] by a duplicated tab: it has a slot and a client id of its own, and nothing of the other', async () => {
    const device = await awayWith('one');
    server.script.unavailable = true;
    const original = await tab('usa', device);
    await until('read-only', () => original.client.status.word === 'read-only');

    // A browser copies the page's address and session storage; the provider keeps nothing there.
    const duplicate = await tab('usa', device);
    duplicate.document.edit([setNotes('a', 'of the duplicate')]);
    server.script.unavailable = false;
    await Promise.all([original.client.whenSettled(), duplicate.client.whenSettled()]);

    expect(new Set(server.log.slice(1).map((entry) => entry.clientId)).size).toBe(2);
    expect(server.records(sources).get('a')?.fields).toEqual({
      title: 'one',
      notes: 'of the duplicate',
    });
    expectOnce();
  });

  it('[PR29] after a crash: what was never sent is checked before it is, what may have been is the server’s to judge', async () => {
    const device = newDevice();
    const { client, document } = await tab('usa', device);
    document.edit([create('a', 'Born')]);
    await client.whenSettled();
    server.script.lostAnswers = 1;
    document.edit([setNotes('a', 'in the log')]);
    await until('commit', () => server.log.length === 2);
    await crash(client, device);
    const offline = await tab('usa', device, { url: nowhere });
    for (let i = 0; i < 20; i++) offline.document.edit([setNotes('a', `forbidden ${String(i)}`)]);
    offline.document.edit([setTitle('a', 'allowed')]);
    await offline.client.close();
    const opened = server.opened;
    server.script.refuse = ({ key }) => (key.endsWith('/notes') ? 'access.denied' : undefined);
    const check: IntentCheck = (intent) =>
      intent.act === 'set' && intent.field === 'notes'
        ? { verdict: 'rejected', code: 'access.denied', reason: { en: 'No.', ja: '不可。' } }
        : { verdict: 'admitted' };

    const heir = await tab('usa', device, { check });
    await isConnected(heir.client);
    await heir.client.whenSettled();

    expect(heir.client.tray.items).toHaveLength(20);
    expect(server.records(sources).get('a')?.fields).toEqual({
      title: 'allowed',
      notes: 'in the log',
    });
    expect(server.opened - opened).toBeLessThanOrEqual(4);
    expectOnce();
  });
});
