/**
 * However an edit comes to be sent again, it is in the log once and reverts nothing newer: a lost answer, a generation in
 * between, a copied profile, several tabs, a program that repeats itself. And who was overtaken is told by whom.
 */
import { randomBytes } from 'node:crypto';
import type { Intent, RecordId, Value } from '@lodestone/document-model';
import {
  createWorkspaceClient,
  InProcessSlotLocks,
  MemoryDeviceStore,
  type SlotLocks,
  type SyncDocument,
  type WorkspaceClient,
} from '@lodestone/sync-provider';
import {
  BareReplica,
  BareSocket,
  signIn,
  startApi,
  startPostgres,
  TcpProxy,
  createDataFolder,
  withDatabase,
  type Api,
  type DataFolder,
  type SignedIn,
  type TestDatabase,
  type TestPostgres,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const projects = 'allied/project';
const nowhere = 'http://127.0.0.1:9';
/** Within it two edits are a conflict that one of them wins; beyond it the committed one stands (design, D9). */
const windowMs = 10_000;

let folder: DataFolder;
let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let usa: SignedIn;
let jpn: SignedIn;
/** Made at the beginning, so that the time goes by while the other tests run. */
let overtaken: Overtaken;
const clients: WorkspaceClient[] = [];
const sockets: BareSocket[] = [];

beforeAll(async () => {
  folder = await createDataFolder();
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await startApi({ database, dataFolder: folder.path });
  usa = await signIn(api.origin, 'usa.editor');
  jpn = await signIn(api.origin, 'jpn.editor');
  overtaken = await overtakeSomebody();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  for (const socket of sockets.splice(0)) socket.close();
  expect(await editsTwiceInLog()).toEqual([]);
});

afterAll(async () => {
  await api.stop();
  await postgres.stop();
  await folder.remove();
});

interface Tab {
  readonly client: WorkspaceClient;
  readonly document: SyncDocument;
}

interface TabOptions {
  readonly store?: MemoryDeviceStore;
  readonly url?: string;
  readonly locks?: SlotLocks;
}

let devices = 0;
const newStore = () => new MemoryDeviceStore(`device ${String(devices++)}`);

async function startTab(person: SignedIn, options: TabOptions = {}): Promise<Tab> {
  const client = await createWorkspaceClient({
    ...{ url: api.origin, store: newStore(), ...options },
    extraHeaders: { cookie: person.cookie, origin: api.origin },
    patience: { answerMs: 2_000, firstMs: 50, mostMs: 500 },
  });
  clients.push(client);
  const document = await client.open(projects);
  await document.whenReady();

  return { client, document };
}

let records = 0;

/** A project that both parties may edit. */
async function newRecord({ client, document }: Tab): Promise<RecordId> {
  const record = `twice-${String(records++)}` as RecordId;
  const birth = { name: 'Born', parties: ['JPN', 'USA'] };
  document.edit([{ act: 'create', record, birth }]);
  await client.whenSettled();

  return record;
}

function notes(record: RecordId, value: Value): Intent {
  return { act: 'set', record, field: 'notes', value };
}

function shownIn({ document }: Tab, record: RecordId): Value | undefined {
  return document.records.get(record)?.fields['notes'];
}

/** What a copied profile holds: the device's own id, its state, leases and outbox. */
async function copyOf(store: MemoryDeviceStore): Promise<MemoryDeviceStore> {
  const copy = newStore();
  await copy.device(await store.device(''));
  const stored = await store.readDocument(projects);
  const lease = await store.readLease(projects, 0);
  for (const entry of await store.readOutbox()) await copy.apply([{ change: 'put-outbox', entry }]);
  if (lease !== undefined) await copy.apply([{ change: 'put-lease', lease }]);
  if (stored === undefined) return copy;
  await copy.apply([{ change: 'put-state', state: stored.state, chunks: [] }]);
  for (const chunk of stored.chunks) await copy.apply([{ change: 'put-chunk', chunk }]);

  return copy;
}

async function bareSocket(person: SignedIn): Promise<BareSocket> {
  const socket = await BareSocket.connect(api.origin, { cookie: person.cookie });
  sockets.push(socket);

  return socket;
}

/** More devices than a document may have written in: it goes on in a new generation. */
async function wearOut(record: RecordId): Promise<void> {
  await Promise.all(
    Array.from({ length: 4 }, async (_, first) => {
      const socket = await bareSocket(jpn);
      for (let at = first; at < 600; at += 4) {
        const opened = await socket.open(projects, { device: `passer-by-${String(at)}` });
        const update = new BareReplica(opened).write({
          [`${record}/sponsors`]: `by ${String(at)}`,
        });
        await socket.ask('update', { document: projects, update, edit: newEdit() });
        if (opened.generation > 1) return;
      }
    }),
  );
}

function newEdit(): string {
  return randomBytes(12).toString('base64url');
}

async function editsTwiceInLog(): Promise<readonly string[]> {
  return withDatabase(database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ edit: string }>(
      `select edit from log_entry where outcome = 'admitted' and edit is not null
       group by compartment, edit having count(*) > 1`,
    );

    return rows.map(({ edit }) => edit);
  });
}

/** The values that were ever written into a cell, in order: each once, if no edit was applied twice. */
async function writtenInto(record: RecordId, field = 'notes'): Promise<readonly unknown[]> {
  return withDatabase(database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ new: unknown }>(
      'select new from cell_change where compartment = $1 and record = $2 and field = $3 order by seq',
      ['allied', record, field],
    );

    return rows.map((row) => row.new);
  });
}

async function readUpTo({ id }: SignedIn): Promise<number> {
  return withDatabase(database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ seq: string }>(
      'select seq from read_position where person = $1 and document = $2',
      [id, projects],
    );

    return Number(rows[0]?.seq ?? 0);
  });
}

interface Overtaken {
  readonly store: MemoryDeviceStore;
  readonly record: RecordId;
  readonly committedAt: number;
}

/** One types offline what another commits before him. */
async function overtakeSomebody(): Promise<Overtaken> {
  const store = newStore();
  const before = await startTab(usa, { store });
  const record = await newRecord(before);
  await before.client.close();
  const away = await startTab(usa, { store, url: nowhere });
  away.document.edit([notes(record, 'typed on the way')]);
  away.document.edit([{ act: 'set', record, field: 'status', value: 'nobody else wrote this' }]);
  await away.client.close();
  const theirs = await startTab(jpn);
  theirs.document.edit([notes(record, 'committed meanwhile')]);
  await theirs.client.whenSettled();
  await theirs.client.close();

  return { store, record, committedAt: Date.now() };
}

describe('an edit that is sent again', () => {
  it('because its answer was lost on the way stands once, under what was written later', async () => {
    let armed = false;
    const proxy = await TcpProxy.start(api.origin, {
      transform: () => (direction, bytes) => (armed && direction === 'to-client' ? 'cut' : bytes),
    });
    const mine = await startTab(usa, { url: proxy.through(api.origin) });
    const theirs = await startTab(jpn);
    const record = await newRecord(mine);
    await expect.poll(() => theirs.document.records.has(record)).toBe(true);

    armed = true;
    for (let i = 0; i < 20; i++) mine.document.edit([notes(record, `mine ${String(i)}`)]);
    await expect.poll(() => shownIn(theirs, record)).toMatch(/^mine/);
    await expect.poll(() => proxy.resets).toBeGreaterThan(0);
    armed = false;
    await mine.client.whenSettled();
    await expect.poll(() => shownIn(theirs, record)).toBe('mine 19');
    theirs.document.edit([notes(record, 'theirs')]);
    await theirs.client.whenSettled();

    await expect.poll(() => shownIn(mine, record)).toBe('theirs');
    const expected = [...Array.from({ length: 20 }, (_, i) => `mine ${String(i)}`), 'theirs'];
    expect(await writtenInto(record)).toEqual(expected);
    expect(mine.client.tray.items).toEqual([]);
    await mine.client.close();
    await proxy.stop();
  });

  it('by both copies of a profile stands once; both heal, also where each went on by itself', async () => {
    const store = newStore();
    const before = await startTab(usa, { store });
    const record = await newRecord(before);
    await before.client.close();
    const away = await startTab(usa, { store, url: nowhere });
    away.document.edit([notes(record, 'in both')]);
    await away.client.close();
    const copy = await copyOf(store);
    for (const [one, text] of [
      [store, 'original'],
      [copy, 'copy'],
    ] as const) {
      // The same clocks of the same client id, with another content on each.
      const apart = await startTab(usa, { store: one, url: nowhere });
      const born = { name: text, parties: ['USA'] };
      apart.document.edit([
        { act: 'create', record: `${record}-${text}` as RecordId, birth: born },
      ]);
      await apart.client.close();
    }

    const first = await startTab(usa, { store });
    await first.client.whenSettled();
    const newer = await startTab(jpn);
    newer.document.edit([notes(record, 'newer')]);
    await newer.client.whenSettled();
    const second = await startTab(usa, { store: copy });
    await second.client.whenSettled();
    for (const tab of [first, second]) {
      tab.document.edit([
        { act: 'set', record, field: 'status', value: `by ${tab.client.status.word}` },
      ]);
      await tab.client.whenSettled();
    }

    expect(await writtenInto(record)).toEqual(['in both', 'newer']);
    for (const tab of [first, second, newer]) {
      await expect.poll(() => shownIn(tab, record)).toBe('newer');
      for (const text of ['original', 'copy']) {
        await expect.poll(() => tab.document.records.has(`${record}-${text}`)).toBe(true);
      }
      expect(tab.client.tray.items).toEqual([]);
    }
  });

  it('by one of several tabs, after the one that made it was killed, stands once', async () => {
    const [store, locks] = [newStore(), new InProcessSlotLocks()];
    const dying = await startTab(usa, { store, locks });
    const record = await newRecord(dying);
    dying.document.edit([notes(record, 'sent, maybe')]);
    dying.client.connection.close();
    for (let i = 0; i < 10; i++) dying.document.edit([notes(record, `never sent ${String(i)}`)]);
    await dying.client.flush();

    // The browser is started again: its locks are free. The second one was duplicated from the first.
    const after = new InProcessSlotLocks();
    const tabs = await Promise.all([1, 2].map(() => startTab(usa, { store, locks: after })));
    await Promise.all(tabs.map(({ client }) => client.whenSettled()));

    for (const tab of tabs) {
      await expect.poll(() => shownIn(tab, record)).toBe('never sent 9');
      expect(tab.client.tray.items).toEqual([]);
    }
    const never = Array.from({ length: 10 }, (_, i) => `never sent ${String(i)}`);
    expect(await writtenInto(record)).toEqual(['sent, maybe', ...never]);
  });

  it('three times and in any order by a program that knows the wire changes nothing', async () => {
    const watcher = await startTab(jpn);
    const record = await newRecord(watcher);
    const socket = await bareSocket(usa);
    const opened = await socket.open(projects);
    const replica = new BareReplica(opened);
    const messages = Array.from({ length: 30 }, (_, i) => ({
      document: projects,
      edit: newEdit(),
      update: replica.write({ [`${record}/notes`]: `bare ${String(i)}` }),
    }));
    const first = [];
    for (const message of messages) first.push(await socket.ask('update', message));
    await expect.poll(() => shownIn(watcher, record)).toBe('bare 29');
    watcher.document.edit([notes(record, 'newer')]);
    await watcher.client.whenSettled();

    const other = await bareSocket(usa);
    const anew = new BareReplica(await other.open(projects, { device: 'another-device' }));
    const repetitions = messages.flatMap((message, index) => {
      const inAnotherForm = anew.write({ [`${record}/notes`]: `bare ${String(index)}` });

      return [
        { socket, index, message },
        { socket, index, message },
        { socket: other, index, message: { ...message, update: inAnotherForm } },
      ];
    });
    const shuffled = repetitions
      .map((one) => ({ one, key: randomBytes(4).readUInt32BE() }))
      .sort((a, b) => a.key - b.key)
      .map(({ one }) => one);
    const answers = await Promise.all(
      shuffled.map(({ socket: by, message }) => by.ask('update', message)),
    );

    for (const [at, { index }] of shuffled.entries()) {
      expect(answers[at]).toEqual({ ...first[index], again: true });
    }
    const fresh = new BareReplica(await (await bareSocket(usa)).open(projects));
    expect(fresh.cells.get(`${record}/notes`)).toBe('newer');
    expect(shownIn(watcher, record)).toBe('newer');
    expect(await writtenInto(record)).toHaveLength(31);
  });

  it(
    'after a generation in between stands once, in the new one',
    { timeout: 120_000 },
    async () => {
      const store = newStore();
      const before = await startTab(usa, { store });
      const record = await newRecord(before);
      before.document.edit([notes(record, 'sent, maybe')]);
      // Gone before the answer: it may be in the log or not.
      before.client.connection.close();
      await before.client.close();
      const away = await startTab(usa, { store, url: nowhere });
      for (let i = 0; i < 5; i++) away.document.edit([notes(record, `on the way ${String(i)}`)]);
      await away.client.close();
      const watcher = await startTab(jpn);
      await wearOut(record);

      const back = await startTab(usa, { store });
      await back.client.whenSettled();

      const onTheWay = Array.from({ length: 5 }, (_, i) => `on the way ${String(i)}`);
      expect(await writtenInto(record)).toEqual(['sent, maybe', ...onTheWay]);
      for (const tab of [back, watcher]) {
        await expect.poll(() => shownIn(tab, record)).toBe('on the way 4');
      }
      expect((await (await bareSocket(usa)).open(projects)).generation).toBeGreaterThan(1);
      expect(back.client.tray.items).toEqual([]);
    },
  );
});

describe('a cell that two people change', () => {
  it('within seconds keeps one value, and tells both, also the one who is offline then', async () => {
    const store = newStore();
    const [mine, theirs] = [await startTab(usa), await startTab(jpn, { store })];
    const record = await newRecord(mine);
    await expect.poll(() => theirs.document.records.has(record)).toBe(true);

    mine.client.connection.close();
    mine.document.edit([notes(record, 'of the United States')]);
    theirs.document.edit([notes(record, 'of Japan')]);
    await theirs.client.whenSettled();
    await theirs.client.close();
    mine.client.connection.connect();
    await mine.client.whenSettled();

    const toldIn = ({ document }: Tab) =>
      document.conflicts.filter((one) => one.record === record && one.field === 'notes');
    await expect.poll(() => toldIn(mine)).toHaveLength(1);
    const back = await startTab(jpn, { store });
    await expect.poll(() => toldIn(back)).toHaveLength(1);
    const [conflict] = toldIn(back);
    const values = [
      { value: 'of Japan', user: jpn.id, party: 'JPN', name: jpn.name },
      { value: 'of the United States', user: usa.id, party: 'USA', name: usa.name },
    ];
    expect([conflict?.kept, conflict?.other]).toEqual(expect.arrayContaining(values));
    expect(shownIn(back, record)).toBe(conflict?.kept.value);
    expect(shownIn(mine, record)).toBe(conflict?.kept.value);

    // Shown to one of them: the other is told all the same.
    back.document.markRead(conflict?.seq ?? 0);
    await expect.poll(() => readUpTo(jpn)).toBe(conflict?.seq);
    await back.client.close();
    const later = await startTab(jpn, { store });
    const other = await startTab(usa);
    await expect.poll(() => toldIn(other)).toHaveLength(1);
    expect(toldIn(later)).toEqual([]);
  });

  it('longer apart keeps the committed value; the later one has both, and may use his own', async () => {
    const { store, record, committedAt } = overtaken;
    await expect
      .poll(() => Date.now() - committedAt, { timeout: 2 * windowMs })
      .toBeGreaterThan(windowMs + 200);
    const theirs = await startTab(jpn);

    const back = await startTab(usa, { store });
    await back.client.whenSettled();

    const [item, ...others] = back.client.tray.items;
    expect(others).toEqual([]);
    expect(item).toMatchObject({
      code: 'value.changed',
      intents: [notes(record, 'typed on the way')],
      changes: [
        {
          ...{ register: 'project', record, field: 'notes', code: 'value.changed' },
          standing: { value: 'committed meanwhile', user: jpn.id, name: jpn.name, party: 'JPN' },
        },
      ],
    });
    const since = Date.parse(item?.changes?.[0]?.standing?.at ?? '');
    expect(Math.abs(since - committedAt)).toBeLessThan(5_000);
    expect(back.document.records.get(record)?.fields).toMatchObject({
      notes: 'committed meanwhile',
      status: 'nobody else wrote this',
    });
    expect(back.client.tray.retry(item?.edit ?? '')).toEqual({ outcome: 'sent' });
    await back.client.whenSettled();
    expect(back.client.tray.items).toEqual([]);
    await expect.poll(() => shownIn(theirs, record)).toBe('typed on the way');
  });
});
