/** What happens to edits that the server does not take as they come: nothing is lost, nothing is applied twice. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceClient } from './client.ts';
import type { IntentCheck } from './local-check.ts';
import {
  create,
  crash,
  newDevice,
  setNotes,
  setTitle,
  sources,
  startTab,
  until,
  type Device,
} from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

describe('a reset', () => {
  let server: WorkspaceServer;
  const tabs: WorkspaceClient[] = [];
  const tab = async (user: string, device?: Device, more?: Parameters<typeof startTab>[3]) => {
    const client = await startTab(server, user, device, more);
    tabs.push(client);

    return client;
  };
  const openWith = async (client: WorkspaceClient) => {
    const document = await client.open(sources);
    await document.whenReady();

    return document;
  };
  const refuseNotes = (notes: string) => {
    server.script.refuse = ({ key, value }) =>
      key.endsWith('/notes') && value === notes ? 'value.invalid' : undefined;
  };

  beforeEach(async () => {
    server = await WorkspaceServer.start();
  });

  afterEach(async () => {
    await Promise.all(tabs.splice(0).map((client) => client.close()));
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it('[PR10] moves a refused edit to the tray, and the edits around it arrive', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    refuseNotes('bad');

    document.edit([setTitle('a', 'Before')]);
    const refused = document.edit([setNotes('a', 'bad')]);
    document.edit([setTitle('a', 'After')]);
    if (refused.status !== 'kept') throw new Error('not kept');
    const outcome = await refused.settled;
    await client.whenSettled();

    expect(outcome).toMatchObject({ outcome: 'not-accepted', item: { code: 'value.invalid' } });
    expect(client.tray.items).toMatchObject([
      { document: sources, intents: [setNotes('a', 'bad')] },
    ]);
    expect(document.records.get('a')?.fields).toEqual({ title: 'After' });
    expect(server.records(sources).get('a')?.fields).toEqual({ title: 'After' });
    expect(client.status).toMatchObject({ word: 'not-accepted', notAccepted: 1, unsent: 0 });
  });

  it('[PR11] takes a new client id after a refusal, and keeps the edit ids', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    refuseNotes('bad');

    document.edit([setNotes('a', 'bad')]);
    const later = document.edit([setTitle('a', 'After')]);
    await client.whenSettled();

    if (later.status !== 'kept') throw new Error('not kept');
    expect(server.log.at(-1)?.edit).toBe(later.edits[0]?.edit);
    expect(server.log.at(-1)?.clientId).not.toBe(server.log[0]?.clientId);
  });

  it('[PR12] asks the local check first, so that many refusals cost two resets at most', async () => {
    const check: IntentCheck = (intent) =>
      intent.act === 'set' && intent.field === 'notes'
        ? { verdict: 'rejected', code: 'access.denied', reason: { en: 'No.', ja: '不可。' } }
        : { verdict: 'admitted' };
    const client = await tab('usa', newDevice(), { check });
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    const openedBefore = server.opened;
    server.script.refuse = ({ key }) => (key.endsWith('/notes') ? 'access.denied' : undefined);

    for (let i = 0; i < 10; i++) document.edit([setNotes('a', String(i))]);
    document.edit([setTitle('a', 'Kept')]);
    await client.whenSettled();

    expect(client.tray.items).toHaveLength(10);
    // One of them by the server's word, the others without asking it; all in the same words.
    expect(client.tray.items.filter((item) => item.reason.en === 'No.')).toHaveLength(10);
    expect(client.tray.items.filter((item) => item.message !== undefined)).toHaveLength(1);
    expect(server.opened - openedBefore).toBeLessThanOrEqual(2);
    expect(server.records(sources).get('a')?.fields).toEqual({ title: 'Kept' });
  });

  it('[PR10] does not wait between refusals that it could not foresee', async () => {
    const patience = { answerMs: 15_000, firstMs: 6_000, mostMs: 6_000 };
    const client = await tab('usa', newDevice(), { patience });
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    server.script.refuse = ({ key }) => (key.endsWith('/notes') ? 'value.changed' : undefined);

    for (let i = 0; i < 30; i++) document.edit([setNotes('a', String(i))]);
    document.edit([setTitle('a', 'Kept')]);

    await until('the end', () => client.status.word === 'not-accepted', 5_000);
    expect(client.tray.items).toHaveLength(30);
    expect(server.records(sources).get('a')?.fields).toEqual({ title: 'Kept' });
  });

  it('[PR13] takes what was built on a refused record to the tray with it', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    server.script.refuse = ({ key }) => (key === 'a' ? 'access.denied' : undefined);

    document.edit([create('a', 'Refused')]);
    document.edit([setNotes('a', 'of a')]);
    document.edit([create('b', 'Kept')]);
    await client.whenSettled();

    expect(client.tray.items.map((item) => item.code).toSorted()).toEqual([
      'access.denied',
      'record.unknown',
    ]);
    expect([...document.records.ids()]).toEqual(['b']);
    expect([...server.records(sources).ids()]).toEqual(['b']);
  });

  it('[PR14] sends once more after a resync, and starts again after a second one', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    server.script.resyncs = 1;

    document.edit([setTitle('a', 'One')]);
    await client.whenSettled();
    server.script.resyncs = 2;
    document.edit([setTitle('a', 'Two')]);
    await client.whenSettled();

    const [first, one, two] = server.log;
    expect(one?.clientId).toBe(first?.clientId);
    expect(two?.clientId).not.toBe(first?.clientId);
    expect(server.records(sources).get('a')?.fields.title).toBe('Two');
    expect(client.tray.items).toEqual([]);
  });

  it('[PR15] opens again when an update was lost on its way', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    server.write(sources, 'a', { title: 'Seen' });
    await until('first', () => document.records.has('a'));

    server.writeUnheard(sources, 'b', { title: 'Lost' });
    server.write(sources, 'c', { title: 'Next' });

    await until('all', () => document.records.size === 3);
    expect(document.records.get('b')?.fields.title).toBe('Lost');
  });

  it('[PR16] stands after a lost answer where it would have stood', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    server.script.lostAnswers = 1;

    const handle = document.edit([create('a', 'Once')]);
    document.edit([setTitle('a', 'Twice')]);
    await client.whenSettled();

    if (handle.status !== 'kept') throw new Error('not kept');
    expect(await handle.settled).toEqual({ outcome: 'committed', seq: 1 });
    expect(server.log.map((entry) => entry.seq)).toEqual([1, 2]);
    expect(server.records(sources).get('a')?.fields.title).toBe('Twice');
  });

  it('[PR17] gives up a socket whose answers do not come', async () => {
    const client = await tab('usa', newDevice(), {
      patience: { answerMs: 150, firstMs: 20, mostMs: 100 },
    });
    const document = await openWith(client);
    server.script.silentCommits = 1;

    document.edit([create('a', 'Once')]);
    await client.whenSettled();

    expect(server.log).toHaveLength(1);
    expect(server.opened).toBe(2);
  });

  it('[PR18] sends edits again in another form without applying them twice', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    server.script.lostAnswers = 1;
    server.script.forgetLeases = true;

    document.edit([setTitle('a', 'Mine')]);
    await until('commit', () => server.log.length === 2);
    server.write(sources, 'a/title', 'Theirs');
    await client.whenSettled();
    await until('agreement', () => document.records.get('a')?.fields.title === 'Theirs');
    document.edit([setNotes('a', 'Still writing')]);
    await client.whenSettled();

    expect(server.log).toHaveLength(3);
    expect(server.records(sources).get('a')?.fields).toEqual({
      title: 'Theirs',
      notes: 'Still writing',
    });
    expect(document.records.get('a')?.fields).toEqual({ title: 'Theirs', notes: 'Still writing' });
  });

  it('[PR19] carries its edits over into a new generation', async () => {
    const [usa, jpn] = [await tab('usa'), await tab('jpn')];
    const [mine, theirs] = [await openWith(usa), await openWith(jpn)];
    mine.edit([create('a', 'Title')]);
    await usa.whenSettled();
    await until('arrival', () => theirs.records.has('a'));

    mine.edit([setTitle('a', 'On its way')]);
    server.newGeneration(sources);
    mine.edit([setNotes('a', 'Later')]);
    await usa.whenSettled();

    const fields = { title: 'On its way', notes: 'Later' };
    await until('theirs', () => theirs.records.get('a')?.fields.notes === 'Later');
    expect(theirs.records.get('a')?.fields).toEqual(fields);
    expect(mine.records.get('a')?.fields).toEqual(fields);
    expect(server.records(sources).get('a')?.fields).toEqual(fields);
    expect(new Set(server.log.map((entry) => entry.edit)).size).toBe(server.log.length);
  });

  it('[PR20] forgets a document that may no longer be read, but not its own edits', async () => {
    const device = newDevice();
    const client = await tab('usa', device);
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();
    server.script.unavailable = true;
    document.edit([setTitle('a', 'Unsent')]);
    await until('read-only', () => client.status.word === 'read-only');

    server.closeDocument(sources, 'access.denied');

    await until('closed', () => document.state.status === 'closed');
    expect(document.records.size).toBe(0);
    expect(client.tray.items).toMatchObject([
      { code: 'access.denied', intents: [setTitle('a', 'Unsent')] },
    ]);
    await client.flush();
    expect(await device.store.readDocument(sources)).toBeUndefined();
    expect(document.edit([setTitle('a', 'No')])).toEqual({
      status: 'refused',
      code: 'access.denied',
    });
  });

  it('[PR21] keeps edits while the server cannot store them, and sends them when it can', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    server.script.unavailable = true;

    document.edit([create('a', 'Title')]);
    await until('read-only', () => client.status.word === 'read-only');
    server.script.unavailable = false;
    await client.whenSettled();

    expect(client.status.word).toBe('saved');
    expect(server.records(sources).has('a')).toBe(true);
  });

  it('[PR22] keeps everything when the session ends, and goes on after a new sign-in', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    document.edit([create('a', 'Title')]);
    await client.whenSettled();

    server.endSessions();
    await until('signed out', () => client.status.word === 'signed-out');
    document.edit([setTitle('a', 'Typed')]);
    expect(client.status.word).toBe('signed-out');
    server.renewSessions();
    client.connection.connect();
    await client.whenSettled();

    expect(server.records(sources).get('a')?.fields.title).toBe('Typed');
    expect(client.status.word).toBe('saved');
  });

  it('[PR23] adopts the edits of a tab that is gone, and never its client id', async () => {
    const device = newDevice();
    const [first, second] = [await tab('usa', device), await tab('usa', device)];
    const [one, two] = [await openWith(first), await openWith(second)];
    one.edit([create('a', 'First')]);
    two.edit([create('b', 'Second')]);
    await Promise.all([first.whenSettled(), second.whenSettled()]);
    server.script.unavailable = true;
    one.edit([setNotes('a', 'of the first')]);
    two.edit([setNotes('b', 'of the second')]);
    await until('read-only', () => second.status.word === 'read-only');

    await crash(first, device);
    await crash(second, device);
    server.script.unavailable = false;
    const heir = await tab('usa', device);
    await heir.whenSettled();

    expect(server.records(sources).get('a')?.fields.notes).toBe('of the first');
    expect(server.records(sources).get('b')?.fields.notes).toBe('of the second');
    expect(new Set(server.log.map((entry) => entry.edit)).size).toBe(4);
    expect(server.log[0]?.clientId).not.toBe(server.log[1]?.clientId);
    expect(await device.store.readOutbox()).toEqual([]);
  });

  it('[PR24] stops an act that takes several edits at its first refusal', async () => {
    const client = await tab('usa');
    const document = await openWith(client);
    server.script.refuse = ({ key }) => (key === 'r20' ? 'access.denied' : undefined);
    const large = Array.from({ length: 60 }, (_, i) => create(`r${String(i)}`, 'x'.repeat(16_000)));

    const handle = document.edit(large);
    await client.whenSettled();

    if (handle.status !== 'kept') throw new Error('not kept');
    expect(handle.edits.length).toBeGreaterThan(3);
    expect(Math.max(...server.log.map((entry) => entry.bytes))).toBeLessThan(256 * 1024);
    expect(server.records(sources).size).toBe(handle.edits[0]?.intents.length);
    expect(client.tray.items[0]?.code).toBe('access.denied');
    expect(new Set(client.tray.items.slice(1).map((item) => item.code))).toEqual(
      new Set(['group.stopped']),
    );
  });

  it('[PR25] sends an edit of the tray once more as a new edit, or discards it', async () => {
    const device = newDevice();
    const client = await tab('usa', device);
    const document = await openWith(client);
    refuseNotes('bad');
    document.edit([create('a', 'Title'), create('b', 'Title')]);
    document.edit([setNotes('a', 'bad')]);
    document.edit([setNotes('b', 'bad')]);
    await client.whenSettled();
    const [one, two] = client.tray.items;
    server.script.refuse = () => undefined;

    expect(client.tray.retry(one?.edit ?? '')).toEqual({ outcome: 'sent' });
    client.tray.discard(two?.edit ?? '');
    await client.whenSettled();

    expect(client.tray.items).toEqual([]);
    expect(server.records(sources).get('a')?.fields.notes).toBe('bad');
    expect(server.records(sources).get('b')?.fields.notes).toBeUndefined();
    await client.flush();
    expect(await device.store.readTray()).toEqual([]);
  });
});
