/**
 * An editor comes back from a journey with 2,000 edits (600 in the short form), a tenth of them forbidden: the others
 * land within seconds, the forbidden ones stand in the tray with all that their author needs, and nothing but his own
 * edits travels.
 */
import 'fake-indexeddb/auto';
import {
  actionOf,
  decide,
  ownersOf,
  type Actor,
  type Audience,
  type Rule,
} from '@lodestone/access-policy';
import {
  checkValue,
  type Intent,
  type RecordId,
  type RegisterRecord,
  type Value,
} from '@lodestone/document-model';
import {
  createWorkspaceClient,
  IndexedDbDeviceStore,
  type IntentCheck,
  type WorkspaceClient,
} from '@lodestone/sync-provider';
import {
  createDataFolder,
  type Api,
  type DataFolder,
  signIn,
  type SignedIn,
  startApi,
  startEditor,
  startPostgres,
  type TestDatabase,
  type TestPostgres,
  withDatabase,
  ceiling,
  isLong,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const projects = 'allied/project';
const edits = isLong ? 2_000 : 600;
/** Every tenth is forbidden. */
const isForbidden = (index: number): boolean => index % 10 === 3;
const records = 50;
const foreign = 'of-the-others' as RecordId;
const own = (index: number) => `own-${String(index % records)}` as RecordId;

let folder: DataFolder;
let postgres: TestPostgres;
let database: TestDatabase;
let api: Api;
let usa: SignedIn;
const clients: WorkspaceClient[] = [];

beforeAll(async () => {
  folder = await createDataFolder();
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  api = await startApi({ database, dataFolder: folder.path });
  usa = await signIn(api.origin, 'usa.editor');
  await makeRecords();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

afterAll(async () => {
  await api.stop();
  await postgres.stop();
  await folder.remove();
});

/** Ours to write, and one that is not. */
async function makeRecords(): Promise<void> {
  const jpn = await startEditor(api.origin, { account: 'jpn.editor', document: projects });
  const births = Array.from({ length: records }, (_, index): Intent => ({
    ...{ act: 'create', record: own(index) },
    birth: { name: `Project ${String(index)}`, parties: ['JPN', 'USA'] },
  }));
  const closed: Intent = {
    ...{ act: 'create', record: foreign },
    birth: { name: 'Not of the United States', parties: ['JPN'] },
  };
  jpn.client.act([{ document: projects, intents: [...births, closed] }]);
  await jpn.client.whenSettled();
  expect(jpn.client.tray.items).toEqual([]);
  await jpn.close();
}

interface Opening {
  readonly at: number;
  readonly asksForNewId: boolean;
  bytes: number;
  answeredAt: number;
}

/** One page on the person's device; what it asks of the server at `open` is noted. */
async function startPage(device: string, url = api.origin) {
  const client = await createWorkspaceClient({
    ...{ url, check: checkLocally },
    store: await IndexedDbDeviceStore.open(device),
    extraHeaders: { cookie: usa.cookie, origin: api.origin },
  });
  clients.push(client);
  const openings: Opening[] = [];
  const open = client.connection.open.bind(client.connection);
  client.connection.open = (request, answered) => {
    const opening = { at: performance.now(), asksForNewId: request.clientId === undefined };
    const noted: Opening = { ...opening, bytes: 0, answeredAt: 0 };
    openings.push(noted);
    open(request, (answer) => {
      noted.answeredAt = performance.now();
      if (answer?.status === 'open') noted.bytes = answer.update.length;
      answered(answer);
    });
  };
  const document = await client.open(projects);
  await document.whenReady();

  return { client, document, openings };
}

interface Rights {
  readonly actor: Actor;
  readonly audience: Audience;
  readonly rules: readonly Rule[];
}

/** As the web client asks before it sends an edit in a new form. */
const checkLocally: IntentCheck = (intent, { records: present, rights }) => {
  const { register } = present;
  const record = present.get(intent.record);
  const field = intent.act === 'set' ? register.fields[intent.field] : undefined;
  if (intent.act !== 'set' || record === undefined || field === undefined) {
    return { verdict: 'admitted' };
  }
  const problem = checkValue(field, intent.value);
  if (problem !== undefined) {
    return { verdict: 'rejected', code: 'value.invalid', reason: problem.message };
  }
  const { actor, audience, rules } = rights as Rights;
  const owners = ownersOf(register, (name) => record.fields[name]);
  const change = { from: valueIn(record, intent.field), to: intent.value };
  const action = actionOf(register, intent.field, change) ?? 'update';
  const resource = { audience, register: register.name, owners, field: intent.field };
  const decision = decide(rules, { actor, action, resource });

  return decision.effect === 'permit'
    ? { verdict: 'admitted' }
    : { verdict: 'rejected', code: 'access.denied', ...decision };
};

function valueIn(record: RegisterRecord, field: string): Value {
  return record.fields[field] ?? null;
}

function intentOf(index: number): Intent {
  const text = `written on the way ${String(index)}`;
  if (!isForbidden(index)) return { act: 'set', record: own(index), field: 'notes', value: text };

  return index % 20 === 3
    ? { act: 'set', record: foreign, field: 'notes', value: text }
    : { act: 'set', record: own(index), field: 'statusAsOf', value: text };
}

describe('an editor who comes back with many edits, a tenth of them forbidden', () => {
  it('has the others in the log within 10 s after two resets at most, and the forbidden ones in his tray', async () => {
    const home = await startPage('home');
    const whole = home.openings[0]?.bytes ?? 0;
    await home.client.close();
    const away = await startPage('home', 'http://127.0.0.1:9');
    const made = Array.from({ length: edits }, (_, index) => {
      const handle = away.document.edit([intentOf(index)]);
      if (handle.status !== 'kept') throw new Error(`edit ${String(index)} was not kept`);

      return handle.edits[0]?.edit ?? '';
    });
    await away.client.close();

    const start = performance.now();
    const back = await startPage('home');
    await back.client.whenSettled();
    const tookMs = performance.now() - start;

    const allowed = made.filter((_, index) => !isForbidden(index));
    const forbidden = made.filter((_, index) => isForbidden(index));
    const logged = await loggedEdits();
    process.stdout.write(
      `${String(edits)} edits, ${String(forbidden.length)} forbidden: settled in ${tookMs.toFixed(0)} ms, ` +
        `${String(back.openings.length)} openings of ${back.openings.map(({ bytes }) => bytes).join(', ')} bytes ` +
        `(whole: ${String(whole)})\n`,
    );
    expect(logged.filter((edit) => made.includes(edit)).toSorted()).toEqual(allowed.toSorted());
    expect(back.client.tray.items.map(({ edit }) => edit).toSorted()).toEqual(forbidden.toSorted());
    expect(tookMs).toBeLessThan(ceiling(10_000));
    const resets = back.openings.slice(1).filter(({ asksForNewId }) => asksForNewId);
    expect(resets.length).toBeGreaterThan(0);
    expect(resets.length).toBeLessThanOrEqual(2);
    for (const { at, answeredAt } of resets) expect(answeredAt - at).toBeLessThan(ceiling(1_000));
    // What this device wrote itself, committed or on its way back to it, and nothing of the document.
    for (const { bytes } of back.openings) expect(bytes).toBeLessThan(whole / 10);
    expect(back.document.records.get(own(1))?.fields['notes']).toBe(
      `written on the way ${String(edits - 49)}`,
    );
    expect(back.document.records.get(foreign)?.fields['notes']).toBeUndefined();
    await expectTray(back.client);

    await back.client.close();
    const again = await startPage('home');
    expect(again.client.tray.items).toHaveLength(forbidden.length);
    await expectTray(again.client);
  });

  it('goes on at once where the very first of them was refused, and may send one again', async () => {
    const { client, document, openings } = await startPage('second');
    const refused = document.edit([
      { act: 'set', record: foreign, field: 'notes', value: 'by mistake' },
    ]);
    const behind = document.edit([
      { act: 'set', record: own(7), field: 'status', value: 'typed right behind it' },
    ]);
    if (refused.status !== 'kept' || behind.status !== 'kept') throw new Error('not kept');
    const start = performance.now();

    expect(await behind.settled).toMatchObject({ outcome: 'committed' });
    expect(performance.now() - start).toBeLessThan(ceiling(1_000));
    expect(openings).toHaveLength(2);
    expect(openings[1]?.bytes).toBeLessThan(200);
    const [item] = client.tray.items;
    expect(await refused.settled).toEqual({ outcome: 'not-accepted', item });
    expect(client.tray.retry(item?.edit ?? '')).toEqual({ outcome: 'sent' });
    await client.whenSettled();
    expect(client.tray.items).toHaveLength(1);
    expect(client.tray.items[0]?.edit).not.toBe(item?.edit);
  });
});

/** Where, what was wanted, why not, and who may: in both languages. */
async function expectTray(client: WorkspaceClient): Promise<void> {
  await client.flush();
  for (const item of client.tray.items) {
    const [intent] = item.intents;
    if (intent?.act !== 'set') throw new Error('what was wanted is gone');
    const denied = intent.record === foreign;
    expect(item).toMatchObject({
      document: projects,
      code: denied ? 'access.denied' : 'value.invalid',
      changes: [{ register: 'project', record: intent.record, field: intent.field }],
    });
    expect(intent.value).toMatch(/^written on the way/);
    expect(item.reason.ja).toMatch(/[ぁ-ん]/);
    if (denied) expect(item.remedy?.ja).toMatch(/[ぁ-ん]/);
  }
}

async function loggedEdits(): Promise<readonly string[]> {
  return withDatabase(database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ edit: string }>(
      "select edit from log_entry where document = $1 and outcome = 'admitted' and edit is not null",
      [projects],
    );

    return rows.map(({ edit }) => edit);
  });
}
