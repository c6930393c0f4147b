/** A tab over IndexedDB: what was typed is there after a reload. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createWorkspaceClient } from '../client.ts';
import { create, setTitle, sources, until } from '../testing/harness.ts';
import { WorkspaceServer } from '../testing/workspace-server.ts';
import { openDeviceStore } from './open-device-store.ts';

let server: WorkspaceServer;

beforeEach(async () => {
  server = await WorkspaceServer.start();
});

afterEach(() => server.stop());

const start = async (url: string) =>
  createWorkspaceClient({ url, store: await openDeviceStore('person') });

it('[PR48] reads after a reload what the device kept, and sends what was typed before it', async () => {
  const first = await start(server.url);
  expect(first.status.device).toBe('kept');
  const document = await first.open(sources);
  await document.whenReady();
  document.edit([create('a', 'Title')]);
  await first.whenSettled();
  server.write(sources, 'b', { title: 'From outside' });
  await until('arrival', () => document.records.has('b'));
  await first.close();

  const offline = await start('http://127.0.0.1:9');
  const kept = await offline.open(sources);
  expect([...kept.records.ids()].toSorted()).toEqual(['a', 'b']);
  kept.edit([setTitle('b', 'Typed offline')]);
  await offline.close();
  const again = await start(server.url);
  await again.whenSettled();
  await again.close();

  expect(server.records(sources).get('b')?.fields.title).toBe('Typed offline');
  expect(server.log.at(-1)?.seen).toBe(2);
});
