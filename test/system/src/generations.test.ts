/**
 * A document in which too many devices have written goes on in a new generation by itself, while people type in it and one
 * of them is away: nobody is sent it again, nobody's edit is lost, and its history reads on as if nothing had been.
 */
import {
  encodeGeneration,
  findRegister,
  generationHash,
  type RecordId,
  type Register,
  type RegisterRecord,
} from '@lodestone/document-model';
import type { EditHandle } from '@lodestone/sync-provider';
import {
  BareReplica,
  BareSocket,
  getJson,
  startApi,
  startEditor,
  type Api,
  type BareOpened,
  type Editor,
} from '@lodestone/test-support';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';

const document = 'allied/project';
const register = findRegister('project') as Register;
/** One more than a document may have; see generation-wear.ts of the api. */
const clientIds = 501;
const atOnce = 8;

let api: Api;
const editors: Editor[] = [];
const sockets: BareSocket[] = [];

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  for (const socket of sockets) socket.close();
  await Promise.all(editors.map((editor) => editor.close()));
  await api.stop();
});

async function start(account: string): Promise<Editor> {
  const editor = await startEditor(api.origin, { account, document });
  editors.push(editor);

  return editor;
}

interface Seam {
  readonly generation: number;
  readonly seq: number;
  readonly hash: string;
}

async function connect({ person }: Editor): Promise<BareSocket> {
  const socket = await BareSocket.connect(api.origin, { cookie: person.cookie });
  sockets.push(socket);

  return socket;
}

/** As many devices as it takes, each of which writes once and is never seen again. */
async function wearOut(editor: Editor, record: RecordId): Promise<void> {
  await Promise.all(
    Array.from({ length: atOnce }, async (_, first) => {
      const socket = await connect(editor);
      for (let at = first; at < clientIds; at += atOnce) {
        const opened = await socket.open(document, { device: `device-${String(at)}` });
        const replica = new BareReplica(opened);
        const update = replica.write({ [`${record}/sponsors`]: `device ${String(at)}` });
        const edit = `edit-of-device-${String(at)}`;
        const answer = await socket.ask('update', { document, update, edit });
        expect(['committed', 'resync']).toContain(answer['status']);
      }
    }),
  );
}

/** Somebody who looks on with a bare socket, and does what PROTOCOL.md says. */
class Onlooker {
  readonly #socket: BareSocket;
  readonly #held = new Y.Doc();

  private constructor(socket: BareSocket, opened: BareOpened) {
    this.#socket = socket;
    Y.applyUpdate(this.#held, opened.update);
  }

  static async start(editor: Editor): Promise<Onlooker> {
    const socket = await connect(editor);

    return new Onlooker(socket, await socket.open(document));
  }

  /** Makes the generation of what it has been sent, and opens with it. */
  async goOn(): Promise<{ readonly seam: Seam; readonly opened: BareOpened }> {
    const { body } = await this.#socket.until(({ event }) => event === 'closed', 30_000);
    const seam = body as unknown as Seam;
    for (const { event, body: sent } of this.#socket.received)
      if (event === 'update') Y.applyUpdate(this.#held, sent['update'] as Uint8Array);
    const state = encodeGeneration(register, this.#held.getMap(register.name));
    expect(generationHash(state)).toBe(seam.hash);
    const next = new Y.Doc();
    Y.applyUpdate(next, state);
    const stateVector = Buffer.from(Y.encodeStateVector(next));
    const { generation } = seam;

    return { seam, opened: await this.#socket.open(document, { generation, stateVector }) };
  }
}

/** Types into a record of one's own until told to stop; gives how often, each time taken. */
async function type(editor: Editor, record: RecordId, isOver: () => boolean): Promise<number> {
  let typed = 0;
  while (!isOver()) {
    const value = `typed ${String((typed += 1))}`;
    await settled(editor.document.edit([{ act: 'set', record, field: 'notes', value }]));
  }

  return typed;
}

async function settled(handle: EditHandle): Promise<void> {
  if (handle.status !== 'kept') throw new Error(`an edit is ${handle.status}`);
  expect(await handle.settled).toMatchObject({ outcome: 'committed' });
}

async function create(editor: Editor, id: string): Promise<RecordId> {
  const record = id as RecordId;
  const birth = { name: id, parties: ['JPN', 'USA'] };
  await settled(editor.document.edit([{ act: 'create', record, birth }]));

  return record;
}

async function read(editor: Editor, at?: number): Promise<readonly RegisterRecord[]> {
  const query = at === undefined ? '' : `?at=${String(at)}`;
  const path = `/api/compartments/allied/records/project${query}`;
  const { body } = await getJson(api.origin, editor.person, path);

  return (body as { records: RegisterRecord[] }).records;
}

function recordsOf({ document: { records: held } }: Editor): unknown {
  return [...held.ids()].sort().map((id) => held.get(id));
}

it('goes on in a new generation, and nobody notices', { timeout: 120_000 }, async () => {
  const [usa, jpn, away] = [
    await start('usa.editor'),
    await start('jpn.editor'),
    await start('usa.editor'),
  ];
  const own = [await create(usa, 'of-usa'), await create(jpn, 'of-jpn')] as const;
  const plane = await create(away, 'of-the-plane');
  const worn = await create(usa, 'of-many-devices');
  const onlooker = await Onlooker.start(usa);

  away.client.connection.close();
  const outbox = ['notes', 'status', 'sponsors'].map((field) =>
    away.document.edit([{ act: 'set', record: plane, field, value: `${field} from the plane` }]),
  );
  let isOver = false;
  const typing = [usa, jpn].map((editor, who) => type(editor, own[who] ?? plane, () => isOver));
  await wearOut(usa, worn);
  const { seam, opened } = await onlooker.goOn();
  isOver = true;
  const typed = await Promise.all(typing);
  away.client.connection.connect();
  for (const handle of outbox) await settled(handle);

  expect(seam.generation).toBe(2);
  expect(Math.min(...typed)).toBeGreaterThan(3);
  // What was written after the seam, and nothing of the document itself.
  expect(opened.generation).toBe(2);
  expect(opened.update.length).toBeLessThan(4_096);
  const server = await read(usa);
  for (const editor of [usa, jpn, away]) {
    await expect.poll(() => recordsOf(editor), { timeout: 10_000 }).toEqual(server);
  }
  const newcomer = await start('jpn.editor');
  expect(recordsOf(newcomer)).toEqual(server);
  expect(newcomer.document.records.get(plane)?.fields['notes']).toBe('notes from the plane');

  expect(await read(usa, seam.seq)).toEqual(await read(usa, seam.seq - 1));
  const { body } = await getJson(
    api.origin,
    usa.person,
    '/api/audit/entries?compartment=allied&action=document.rebased',
  );
  expect(body).toMatchObject({
    entries: [{ seq: seam.seq, actor: { name: 'Lodestone' }, changes: [] }],
  });
});
