/** A workspace client against a server that keeps the contract: the ordinary days. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WorkspaceClient } from './client.ts';
import {
  create,
  newDevice,
  setNotes,
  setTitle,
  sources,
  startTab,
  until,
} from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

describe('a workspace client', () => {
  let server: WorkspaceServer;
  const tabs: WorkspaceClient[] = [];
  const tab = async (
    ...rest: Parameters<typeof startTab> extends [unknown, ...infer R] ? R : never
  ) => {
    const client = await startTab(server, ...rest);
    tabs.push(client);

    return client;
  };

  beforeEach(async () => {
    server = await WorkspaceServer.start();
  });

  afterEach(async () => {
    await Promise.all(tabs.splice(0).map((client) => client.close()));
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it('[PR1] shows an edit at once, and calls it saved only when it is committed', async () => {
    const client = await tab('usa');
    const document = await client.open(sources);
    await document.whenReady();

    const handle = document.edit([create('a', 'Title')]);

    expect(document.records.get('a')?.fields.title).toBe('Title');
    expect(server.log).toHaveLength(0);
    await until('saving', () => client.status.word === 'saving');
    expect(client.status.unsent).toBe(1);
    if (handle.status !== 'kept') throw new Error('not kept');
    expect(await handle.settled).toEqual({ outcome: 'committed', seq: 1 });
    await until('saved', () => client.status.word === 'saved');
    expect(server.records(sources).get('a')?.fields.title).toBe('Title');
  });

  it('[PR2] brings the edit of one screen to the other, and names the changed record', async () => {
    const [usa, jpn] = [await tab('usa'), await tab('jpn')];
    const [mine, theirs] = [await usa.open(sources), await jpn.open(sources)];
    await Promise.all([mine.whenReady(), theirs.whenReady()]);
    const changed: string[] = [];
    theirs.onChange((records) => changed.push(...records));

    mine.edit([create('a', 'Title'), create('b', 'Other')]);
    mine.edit([setTitle('a', 'New')]);

    await until('arrival', () => theirs.records.get('a')?.fields.title === 'New');
    expect(new Set(changed)).toEqual(new Set(['a', 'b']));
  });

  it('[PR3] writes nothing for what is so already', async () => {
    const client = await tab('usa');
    const document = await client.open(sources);
    await document.whenReady();
    document.edit([create('a', 'Title')]);

    expect(document.edit([setTitle('a', 'Title'), setNotes('a', null)])).toEqual({
      status: 'unchanged',
    });
    await client.whenSettled();
    expect(server.log).toHaveLength(1);
  });

  it('[PR4] refuses edits where nothing of the document is here', async () => {
    const client = await tab('usa');
    const document = await client.open(sources);

    expect(document.edit([create('a', 'Title')])).toEqual({
      status: 'refused',
      code: 'unavailable',
    });
  });

  it('[PR5] edits offline on what the device kept, and sends it later', async () => {
    const device = newDevice();
    const before = await tab('usa', device);
    const opened = await before.open(sources);
    await opened.whenReady();
    opened.edit([create('a', 'Title')]);
    await before.whenSettled();
    await before.close();

    const offline = await tab('usa', device, { url: 'http://127.0.0.1:9' });
    const document = await offline.open(sources);
    expect(document.state).toEqual({ status: 'ready' });
    document.edit([setTitle('a', 'Offline')]);
    await until('offline', () => offline.status.word === 'offline');
    expect(offline.status.unsent).toBe(1);
    await offline.close();
    const again = await tab('usa', device);
    await again.whenSettled();

    expect(server.records(sources).get('a')?.fields.title).toBe('Offline');
    expect(server.log.map((entry) => entry.clientId)).toEqual([
      server.log[0]?.clientId,
      server.log[0]?.clientId,
    ]);
    expect(server.log[1]?.seen).toBe(1);
  });

  it('[PR7] edits offline in a second tab, which has no client id yet', async () => {
    const device = newDevice();
    const first = await tab('usa', device);
    const opened = await first.open(sources);
    await opened.whenReady();
    opened.edit([create('a', 'Title')]);
    await first.whenSettled();

    const second = await tab('usa', device, { url: 'http://127.0.0.1:9' });
    const offline = await second.open(sources);
    offline.edit([setTitle('a', 'Second tab')]);
    expect(offline.records.get('a')?.fields.title).toBe('Second tab');
    await second.close();
    await first.close();
    const later = await tab('usa', device);
    await later.whenSettled();

    expect(server.records(sources).get('a')?.fields.title).toBe('Second tab');
  });

  it('[PR8] says that the device keeps nothing more, and goes on', async () => {
    const device = newDevice();
    const client = await tab('usa', device);
    const document = await client.open(sources);
    await document.whenReady();
    await client.flush();
    device.store.apply = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));

    document.edit([create('a', 'Title')]);
    await client.whenSettled();

    expect(client.status.device).toBe('failing');
    expect(server.records(sources).has('a')).toBe(true);
  });

  it('[PR9] leaves a document only when its edits are settled', async () => {
    const client = await tab('usa');
    const document = await client.open(sources);
    await document.whenReady();

    document.edit([create('a', 'Title')]);
    client.leave(sources);
    expect(client.act([{ document: sources, intents: [setNotes('a', 'x')] }]).status).toBe('kept');
    await client.whenSettled();

    await until('left', () => server.document(sources).subscribers.size === 0);
    expect(server.log).toHaveLength(2);
    expect(client.act([{ document: sources, intents: [setNotes('a', 'y')] }])).toEqual({
      status: 'refused',
      document: sources,
    });
  });

  it('[PR9] opens a document again for an edit of the tray', async () => {
    const client = await tab('usa');
    const document = await client.open(sources);
    await document.whenReady();
    server.script.refuse = ({ value }) => (value === 'bad' ? 'value.invalid' : undefined);
    document.edit([create('a', 'Title')]);
    document.edit([setNotes('a', 'bad')]);
    await client.whenSettled();
    client.leave(sources);
    server.script.refuse = () => undefined;

    expect(client.tray.retry(client.tray.items[0]?.edit ?? '')).toEqual({ outcome: 'later' });

    await until('sent', () => server.records(sources).get('a')?.fields.notes === 'bad');
    await until('empty tray', () => client.tray.items.length === 0);
    expect(client.tray.retry('no such edit')).toEqual({ outcome: 'unknown' });
  });
});
