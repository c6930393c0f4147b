/** Undo: acts taken back as new edits, never over another person's work by accident. */
import type { Intent, RecordId } from '@lodestone/document-model';
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

const projects = 'public/project';

const party = (present: boolean): Intent => ({
  act: 'element',
  record: 'p' as RecordId,
  field: 'parties',
  element: 'USA',
  present,
});

describe('the undo stack', () => {
  let server: WorkspaceServer;
  let client: WorkspaceClient;
  let device: Device;
  const read = (record: string) => server.records(sources).get(record)?.fields;

  beforeEach(async () => {
    server = await WorkspaceServer.start();
    device = newDevice();
    client = await startTab(server, 'usa');
    const documents = [await client.open(sources), await client.open(projects)];
    await Promise.all(documents.map((document) => document.whenReady()));
  });

  afterEach(async () => {
    await client.close();
    await server.stop();
  });

  it('[PR30] takes an act of many cells back in one step, and does it again', async () => {
    client.act([{ document: sources, intents: [create('a', 'One'), create('b', 'Two')] }]);
    client.act([{ document: sources, intents: [setTitle('a', 'New'), setNotes('b', 'Note')] }]);

    expect(client.undo.undo()).toMatchObject({ outcome: 'done', places: [{}, {}] });
    await client.whenSettled();
    expect([read('a')?.title, read('b')?.notes]).toEqual(['One', undefined]);
    expect(client.undo.redo()).toMatchObject({ outcome: 'done' });
    await client.whenSettled();
    expect([read('a')?.title, read('b')?.notes]).toEqual(['New', 'Note']);
  });

  it('[PR31] archives a record that the act made, and brings it back', async () => {
    client.act([{ document: sources, intents: [create('a', 'One'), setNotes('a', 'Note')] }]);

    client.undo.undo();
    await client.whenSettled();
    expect(read('a')).toEqual({ title: 'One', notes: 'Note', archived: true });
    client.undo.redo();
    await client.whenSettled();
    expect(read('a')).toEqual({ title: 'One', notes: 'Note', archived: false });
  });

  it('[PR32] undoes elements of a set one by one', async () => {
    const born: Intent = {
      act: 'create',
      record: 'p' as RecordId,
      birth: { name: 'Mine', parties: ['JPN'] },
    };
    client.act([{ document: projects, intents: [born] }]);
    client.act([{ document: projects, intents: [party(true)] }]);

    client.undo.undo();
    await client.whenSettled();

    expect(server.records(projects).get('p')?.fields.parties).toEqual(['JPN']);
  });

  it('[PR33] does nothing where another person changed a cell since, and says what stands there', async () => {
    client.act([{ document: sources, intents: [create('a', 'One'), create('b', 'Two')] }]);
    client.act([{ document: sources, intents: [setTitle('a', 'Mine'), setTitle('b', 'Mine')] }]);
    await client.whenSettled();
    server.write(sources, 'b/title', 'Theirs');
    const document = await client.open(sources);
    await until('theirs', () => document.records.get('b')?.fields.title === 'Theirs');

    const outcome = client.undo.undo();

    expect(outcome).toMatchObject({
      outcome: 'changed-since',
      now: 'Theirs',
      left: 'Mine',
      restored: 'Two',
      place: { record: 'b', field: 'title' },
    });
    expect(document.records.get('a')?.fields.title).toBe('Mine');
    if (outcome.outcome !== 'changed-since') throw new Error('not asked');
    expect(outcome.anyway()).toMatchObject({ outcome: 'done' });
    await client.whenSettled();
    expect([read('a')?.title, read('b')?.title]).toEqual(['One', 'Two']);
  });

  it('[PR34] forgets an act that was not accepted', async () => {
    client.act([{ document: sources, intents: [create('a', 'One')] }]);
    await client.whenSettled();
    server.script.refuse = ({ value }) => (value === 'bad' ? 'value.invalid' : undefined);

    client.act([{ document: sources, intents: [setTitle('a', 'bad')] }]);
    await client.whenSettled();

    client.undo.undo();
    await client.whenSettled();
    expect(read('a')).toEqual({ title: 'One', archived: true });
    expect(client.undo.undo()).toEqual({ outcome: 'nothing' });
  });

  it('[PR35] cannot do again what a new act has overtaken', () => {
    client.act([{ document: sources, intents: [create('a', 'One')] }]);
    client.act([{ document: sources, intents: [setTitle('a', 'Two')] }]);
    client.undo.undo();

    client.act([{ document: sources, intents: [setTitle('a', 'Three')] }]);

    expect(client.undo.canRedo).toBe(false);
    expect(client.undo.redo()).toEqual({ outcome: 'nothing' });
  });

  it.each<[string, () => Promise<void>]>([
    [
      'a refusal',
      async () => {
        server.script.refuse = ({ value }) => (value === 'bad' ? 'value.invalid' : undefined);
        const document = await client.open(sources);
        document.edit([setNotes('a', 'bad')]);
        await client.whenSettled();
        expect(client.tray.items).toHaveLength(1);
      },
    ],
    [
      'a new generation',
      async () => {
        const opened = server.opened;
        server.newGeneration(sources);
        await until('reopening', () => server.opened > opened);
      },
    ],
    [
      'a reload',
      async () => {
        await client.close();
        client = await startTab(server, 'usa', device);
      },
    ],
  ])(
    '[PR36] after %s my own last act is undone, and whose it is now is said',
    async (_, happen) => {
      await client.close();
      client = await startTab(server, 'usa', device);
      const before = await client.open(sources);
      await before.whenReady();
      client.act([{ document: sources, intents: [create('a', 'One'), create('b', 'One')] }]);
      client.act([{ document: sources, intents: [setTitle('b', 'Mine')] }]);
      client.act([{ document: sources, intents: [setTitle('a', 'Two')] }]);
      await client.whenSettled();

      await happen();
      const document = await client.open(sources);
      await document.whenReady();
      server.write(sources, 'b/title', 'Theirs');
      await until('theirs', () => document.records.get('b')?.fields.title === 'Theirs');

      expect(client.undo.undo()).toMatchObject({ outcome: 'done', places: [{ record: 'a' }] });
      await client.whenSettled();
      expect(read('a')?.title).toBe('One');
      expect(client.undo.undo()).toMatchObject({ outcome: 'changed-since', now: 'Theirs' });
      expect(read('b')?.title).toBe('Theirs');
    },
  );

  it('[PR36] survives a reload and a new generation', async () => {
    await client.close();
    client = await startTab(server, 'usa', device);
    const before = await client.open(sources);
    await before.whenReady();
    client.act([{ document: sources, intents: [create('a', 'One')] }]);
    client.act([{ document: sources, intents: [setTitle('a', 'Two')] }]);
    await client.whenSettled();
    await client.close();
    server.newGeneration(sources);

    client = await startTab(server, 'usa', device);
    expect(client.undo.undo()).toEqual({ outcome: 'unavailable', document: sources });
    const document = await client.open(sources);
    await document.whenReady();
    expect(client.undo.undo()).toMatchObject({ outcome: 'done' });
    await client.whenSettled();

    expect(read('a')?.title).toBe('One');
  });
});
