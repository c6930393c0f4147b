/** A new generation of a document, seen from its clients: made here where the records are the same, else fetched whole. */
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
  type Device,
} from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

/** An update without a struct and without a deletion. */
const nothing = 2;

describe('a new generation', () => {
  let server: WorkspaceServer;
  const tabs: WorkspaceClient[] = [];
  const tab = async (user: string, device?: Device, more?: Parameters<typeof startTab>[3]) => {
    const client = await startTab(server, user, device, more);
    tabs.push(client);
    const document = await client.open(sources);
    await document.whenReady();

    return { client, document };
  };
  const fill = async (records: number) => {
    const { client, document } = await tab('filler');
    for (let i = 0; i < records; i++) document.edit([create(`r${String(i)}`, 'Born')]);
    for (let i = 0; i < records; i++) document.edit([setTitle(`r${String(i)}`, 'Overwritten')]);
    await client.whenSettled();
  };

  beforeEach(async () => {
    server = await WorkspaceServer.start();
  });

  afterEach(async () => {
    await Promise.all(tabs.splice(0).map((client) => client.close()));
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it('[PR27] is made by each client from what it holds: nothing is downloaded, and nothing moves on the screen', async () => {
    await fill(20);
    const device = newDevice();
    const { client, document } = await tab('usa', device);
    await until('all', () => document.records.size === 20);
    const changed: string[] = [];
    document.onChange((records) => changed.push(...records));
    const before = server.opened;

    server.newGeneration(sources);
    await until('reopening', () => server.opened === before + 2);
    document.edit([setNotes('r1', 'In the new one')]);
    await client.whenSettled();

    expect(server.downloads.slice(before)).toEqual([nothing, nothing]);
    expect(changed).toEqual(['r1']);
    expect(server.records(sources).get('r1')?.fields).toEqual({
      title: 'Overwritten',
      notes: 'In the new one',
    });
    await client.flush();
    const kept = await device.store.readDocument(sources);
    expect(kept?.state).toMatchObject({ generation: 2, seq: 40 });
    expect(kept?.chunks).toHaveLength(1);
  });

  it('[PR27] takes edits along that are on their way or typed meanwhile, also when everybody types', async () => {
    await fill(5);
    const people = [await tab('usa'), await tab('jpn'), await tab('aus')];
    for (const [index, { document }] of people.entries()) {
      await until('all', () => document.records.size === 5);
      for (let i = 0; i < 30; i++) {
        document.edit([setNotes(`r${String(index)}`, `note ${String(i)}`)]);
        if (i % 10 === 5) server.newGeneration(sources);
        if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
    await Promise.all(people.map(({ client }) => client.whenSettled()));

    const expected = [0, 1, 2].map(() => 'note 29');
    for (const { client, document } of people) {
      const notes = () => [0, 1, 2].map((i) => document.records.get(`r${String(i)}`)?.fields.notes);
      await until('agreement', () => JSON.stringify(notes()) === JSON.stringify(expected));
      expect(client.tray.items).toEqual([]);
    }
    expect(new Set(server.log.map((entry) => entry.edit)).size).toBe(server.log.length);
    expect(server.log).toHaveLength(10 + 90);
  });

  it('[PR19] is fetched whole by a client that was away, and its edits go into it under their ids', async () => {
    await fill(3);
    const device = newDevice();
    const first = await tab('usa', device);
    await until('all', () => first.document.records.size === 3);
    await first.client.close();
    const offline = await startTab(server, 'usa', device, { url: 'http://127.0.0.1:9' });
    const kept = await offline.open(sources);
    const handle = kept.edit([setNotes('r2', 'Typed offline')]);
    await offline.close();
    server.write(sources, 'r0/title', 'Changed meanwhile');
    server.newGeneration(sources);
    const before = server.downloads.length;

    const { client, document } = await tab('usa', device);
    await client.whenSettled();

    if (handle.status !== 'kept') throw new Error('not kept');
    expect(server.log.at(-1)?.edit).toBe(handle.edits[0]?.edit);
    expect(Math.max(...server.downloads.slice(before))).toBeGreaterThan(nothing);
    expect(document.records.get('r0')?.fields.title).toBe('Changed meanwhile');
    expect(server.records(sources).get('r2')?.fields.notes).toBe('Typed offline');
  });

  it('[PR27] is fetched whole where the hash is another than that of what is here', async () => {
    await fill(3);
    const { client, document } = await tab('usa');
    await until('all', () => document.records.size === 3);
    const before = server.downloads.length;

    // Not heard of, so that this client holds less than the generation was made of.
    server.writeUnheard(sources, 'r0/title', 'Unheard');
    server.newGeneration(sources);

    await until('the change', () => document.records.get('r0')?.fields.title === 'Unheard');
    expect(Math.max(...server.downloads.slice(before))).toBeGreaterThan(nothing);
    document.edit([setNotes('r0', 'Goes on')]);
    await client.whenSettled();
    expect(server.records(sources).get('r0')?.fields.notes).toBe('Goes on');
  });
});
