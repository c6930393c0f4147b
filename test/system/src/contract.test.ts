/** Every event of the socket contract, by a client that knows the wire and nothing else. */
import { randomBytes } from 'node:crypto';
import {
  BareReplica,
  BareSocket,
  getJson,
  signIn,
  signOut,
  startApi,
  type Api,
  type SignedIn,
} from '@lodestone/test-support';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const projects = 'public/project';

let api: Api;
let usa: SignedIn;
let jpn: SignedIn;
const sockets: BareSocket[] = [];

beforeAll(async () => {
  api = await startApi();
  usa = await signIn(api.origin, 'usa.editor');
  jpn = await signIn(api.origin, 'jpn.editor');
});

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

afterAll(async () => {
  await api.stop();
});

async function connect(
  person: SignedIn,
  headers: Readonly<Record<string, string>> = {},
): Promise<BareSocket> {
  const socket = await BareSocket.connect(api.origin, { cookie: person.cookie, ...headers });
  sockets.push(socket);

  return socket;
}

async function openProjects(person: SignedIn) {
  const socket = await connect(person);
  const opened = await socket.open(projects);

  return { socket, opened, replica: new BareReplica(opened) };
}

const newEdit = () => randomBytes(12).toString('base64url');

describe('the handshake', () => {
  it('is refused without a session, and from another origin or none', async () => {
    await expect(BareSocket.connect(api.origin, {})).rejects.toThrow('session.ended');
    await expect(
      BareSocket.connect(api.origin, { cookie: usa.cookie, origin: 'https://evil.example' }),
    ).rejects.toThrow();
    await expect(
      BareSocket.connect(api.origin, { cookie: usa.cookie, origin: '' }),
    ).rejects.toThrow();
  });
});

describe('open', () => {
  it('gives the document, a client id, the sequence and the rights', async () => {
    const { opened, replica } = await openProjects(usa);

    expect(opened).toMatchObject({ status: 'open', document: projects, generation: 1 });
    expect(opened.clientId).toBeGreaterThan(0);
    expect(opened.rights).toMatchObject({ actor: { party: 'USA' }, marking: 'PUBLIC' });
    expect([...replica.cells.keys()].filter((key) => !key.includes('/'))).toHaveLength(29);
  });

  it('gives only what the state vector lacks', async () => {
    const { opened } = await openProjects(usa);
    const { doc } = new BareReplica(opened);
    const { encodeStateVector } = await import('yjs');
    const again = await (
      await connect(usa)
    ).open(projects, { generation: 1, stateVector: Buffer.from(encodeStateVector(doc)) });

    expect(again.update.length).toBeLessThan(100);
  });

  it('gives a client id again to the store that had it, and never to two live sockets', async () => {
    const first = await connect(usa);
    const { clientId } = await first.open(projects);
    const second = await connect(usa);
    const taken = await second.open(projects, { clientId, generation: 1 });
    first.close();
    await second.until(({ event }) => event === 'presence');
    const third = await connect(usa);
    const foreign = await third.open(projects, {
      clientId,
      generation: 1,
      device: 'another-device',
    });

    expect(taken.clientId).not.toBe(clientId);
    expect(foreign.clientId).not.toBe(clientId);
    await expect
      .poll(
        async () =>
          (await (await connect(usa)).open(projects, { clientId, generation: 1 })).clientId,
      )
      .toBe(clientId);
  });

  it('answers alike for what is hidden and what does not exist', async () => {
    const socket = await connect(jpn);
    const ask = (document: string) =>
      socket.ask('open', { document, protocol: 1, device: 'bare-device' });

    const [hidden, missing, noRegister, noName] = [
      await ask('usa/project'),
      await ask('nowhere/project'),
      await ask('public/nothing'),
      await ask('public'),
    ];

    expect(hidden).toMatchObject({ status: 'refused', code: 'access.denied' });
    expect([missing, noRegister, noName]).toEqual([hidden, hidden, hidden]);
  });

  it('refuses another protocol version and malformed messages', async () => {
    const socket = await connect(usa);

    expect(
      await socket.ask('open', { document: projects, protocol: 2, device: 'bare-device' }),
    ).toMatchObject({
      status: 'refused',
      code: 'protocol.version',
    });
    expect(await socket.ask('open', { document: 7 })).toMatchObject({
      status: 'refused',
      code: 'update.malformed',
    });
  });
});

describe('update', () => {
  it('is acknowledged with its sequence, shown to others, and there for REST', async () => {
    const [a, b] = [await openProjects(usa), await openProjects(jpn)];
    const notes = `Seen at ${newEdit()}`;

    const answer = await a.socket.ask('update', {
      document: projects,
      update: a.replica.write({ 'nolans/notes': notes }),
      edit: newEdit(),
      seen: a.opened.seq,
    });
    const { body } = await b.socket.until(
      ({ event, body: { seq } }) => event === 'update' && seq === answer['seq'],
    );
    b.replica.apply(body['update'] as Uint8Array);
    const { body: answered } = await getJson(
      api.origin,
      jpn,
      '/api/compartments/public/records/project',
    );

    expect(answer).toEqual({ status: 'committed', seq: expect.any(Number) as number });
    expect(body).toMatchObject({ document: projects, after: b.opened.seq });
    expect(b.replica.cells.get('nolans/notes')).toBe(notes);
    expect(JSON.stringify(answered)).toContain(notes);
    expect(a.socket.received.filter(({ event }) => event === 'update')).toEqual([]);
  });

  it('repeated under the same edit id gets its first answer, also as other bytes', async () => {
    const { socket, replica } = await openProjects(usa);
    const edit = newEdit();
    const update = replica.write({ 'nolans/notes': 'once' });
    const first = await socket.ask('update', { document: projects, update, edit });

    const again = await socket.ask('update', { document: projects, update, edit });
    const asOther = await socket.ask('update', {
      document: projects,
      update: replica.write({ 'nolans/notes': 'twice' }),
      edit,
    });

    expect(again).toEqual({ ...first, again: true });
    expect(asOther).toEqual({ ...first, again: true });
  });

  it('without an edit id gets its first number again for the same bytes; known clocks under a new edit id are resync', async () => {
    const { socket, replica } = await openProjects(usa);
    const update = replica.write({ 'nolans/notes': 'no edit id' });
    const first = await socket.ask('update', { document: projects, update });

    expect(await socket.ask('update', { document: projects, update })).toEqual({
      ...first,
      again: true,
    });
    expect(await socket.ask('update', { document: projects, update, edit: newEdit() })).toEqual({
      status: 'resync',
    });
  });

  it('with a gap before it is resync, and leaves nothing pending', async () => {
    const { socket, replica } = await openProjects(usa);
    replica.write({ 'nolans/notes': 'kept back' });

    expect(
      await socket.ask('update', {
        document: projects,
        update: replica.write({ 'nolans/notes': 'sent' }),
      }),
    ).toEqual({
      status: 'resync',
    });
  });

  it('of a value that does not fit, or by who may not, is rejected cell by cell and stands in the log', async () => {
    const { socket, replica } = await openProjects(usa);
    const answer = await socket.ask('update', {
      document: projects,
      update: replica.write({ 'nolans/statusAsOf': 'tomorrow', 'nolans/stage': 7 }),
      edit: newEdit(),
    });
    const aus = await openProjects(await signIn(api.origin, 'aus.editor'));
    const denied = await aus.socket.ask('update', {
      document: projects,
      update: aus.replica.write({ 'evac/notes': 'not mine' }),
    });
    const entries = '/api/audit/entries?compartment=public&limit=1';
    const auditor = await signIn(api.origin, 'auditor');
    const { body: forAuditor } = await getJson(api.origin, auditor, entries);
    const { body: forMember } = await getJson(api.origin, usa, entries);

    expect(answer).toMatchObject({
      status: 'rejected',
      code: 'value.invalid',
      changes: [
        { register: 'project', record: 'nolans', field: 'statusAsOf', code: 'value.invalid' },
        { register: 'project', record: 'nolans', field: 'stage', code: 'value.invalid' },
      ],
    });
    expect(denied).toMatchObject({
      status: 'rejected',
      code: 'access.denied',
      changes: [{ record: 'evac', field: 'notes' }],
    });
    // The Australian's is for the auditors of Australia.
    expect(forAuditor).toMatchObject({
      entries: [
        {
          ...{ outcome: 'refused', actor: { id: usa.id }, changes: [] },
          refusals: [
            { code: 'value.invalid' },
            { record: 'nolans', field: 'statusAsOf', wanted: '"tomorrow"' },
            { record: 'nolans', field: 'stage', wanted: '7' },
          ],
        },
      ],
    });
    expect(forMember).toMatchObject({ entries: [{ outcome: 'admitted' }] });
  });

  it('with a client id that is not leased to it, malformed or too large is rejected', async () => {
    const { socket, opened, replica } = await openProjects(usa);
    replica.doc.clientID = opened.clientId + 1;
    const ask = (update: Uint8Array) => socket.ask('update', { document: projects, update });

    expect(await ask(replica.write({ 'nolans/notes': 'forged' }))).toMatchObject({
      code: 'client-id.foreign',
    });
    expect(await ask(Buffer.of(1, 2, 3))).toMatchObject({
      status: 'rejected',
      code: 'update.malformed',
    });
    expect(await ask(Buffer.alloc(256 * 1024 + 1))).toMatchObject({
      status: 'rejected',
      code: 'update.too-large',
    });
    expect(
      await socket.ask('update', { document: 'allied/project', update: Buffer.of(0, 0) }),
    ).toMatchObject({
      status: 'rejected',
      code: 'access.denied',
    });
  });
});

describe('presence', () => {
  it('is stamped by the server, coalesced, and taken back at the end', async () => {
    const [a, b] = [await openProjects(usa), await openProjects(jpn)];
    a.socket.send('presence', {
      document: projects,
      at: { record: 'nolans', field: 'notes' },
      editing: true,
      user: jpn.id,
      name: 'Somebody else',
    });

    const { body } = await b.socket.until(
      ({ event, body: { people } }) => event === 'presence' && (people as unknown[]).length > 0,
    );
    a.socket.close();
    const gone = await b.socket.until(
      ({ event, body: { gone } }) => event === 'presence' && (gone as unknown[]).length > 0,
    );

    expect(body['people']).toEqual([
      {
        session: expect.any(String) as string,
        user: usa.id,
        name: usa.name,
        party: 'USA',
        at: { record: 'nolans', field: 'notes' },
        editing: true,
      },
    ]);
    expect(gone.body['gone']).toEqual(
      (body['people'] as { session: string }[]).map(({ session }) => session),
    );
  });
});

describe('conflict and read', () => {
  it('tells both authors, again after each open until it is read', async () => {
    const [a, b] = [await openProjects(usa), await openProjects(jpn)];
    const write = async ({ socket, replica, opened }: typeof a, value: string) =>
      socket.ask('update', {
        document: projects,
        update: replica.write({ 'eneabba/notes': value }),
        edit: newEdit(),
        seen: opened.seq,
      });
    await write(a, 'from Washington');
    const second = await write(b, 'from Tokyo');

    const told = await Promise.all(
      [a, b].map(({ socket }) => socket.until(({ event }) => event === 'conflict')),
    );
    const later = await connect(usa);
    await later.open(projects);
    const again = await later.until(({ event }) => event === 'conflict');
    expect(await later.ask('read', { document: projects, seq: second['seq'] })).toEqual({
      status: 'read',
    });
    const last = await connect(usa);
    await last.open(projects);
    last.send('presence', { document: projects, at: null, editing: false });
    await last.until(
      ({ event, body: { people } }) => event === 'presence' && (people as unknown[]).length > 0,
    );

    expect(told[0]?.body).toMatchObject({
      document: projects,
      record: 'eneabba',
      field: 'notes',
      seq: second['seq'],
    });
    const values = ['kept', 'other'].map(
      (side) => (told[0]?.body[side] as { value: string }).value,
    );
    expect(values.sort()).toEqual(['from Tokyo', 'from Washington']);
    expect([told[1]?.body, again.body]).toEqual([told[0]?.body, told[0]?.body]);
    expect(last.received.filter(({ event }) => event === 'conflict')).toEqual([]);
  });
});

describe('leave, and what is no event', () => {
  it('leaves a document: nothing of it is sent any more', async () => {
    const [a, b] = [await openProjects(usa), await openProjects(jpn)];

    expect(await b.socket.ask('leave', { document: projects })).toEqual({ status: 'left' });
    await a.socket.ask('update', {
      document: projects,
      update: a.replica.write({ 'nolans/notes': 'unseen' }),
    });
    const c = await openProjects(jpn);
    await a.socket.ask('update', {
      document: projects,
      update: a.replica.write({ 'nolans/notes': 'seen' }),
    });
    await c.socket.until(({ event }) => event === 'update');

    expect(b.socket.received.filter(({ event }) => event === 'update')).toEqual([]);
  });

  it('ends the socket of who sends garbage, and nobody else', async () => {
    const [usual, unknown, raw] = [await openProjects(jpn), await connect(usa), await connect(usa)];
    unknown.send('become-administrator', { roles: ['administrator'] });
    raw.sendRaw(Uint8Array.of(0xc1, 0xc1, 0xff));
    await Promise.all([unknown.untilDisconnected(), raw.untilDisconnected()]);

    expect(usual.socket.isConnected).toBe(true);
    expect(await usual.socket.ask('read', { document: projects, seq: 0 })).toEqual({
      status: 'read',
    });
  });
});

describe('closed', () => {
  it('tells the sockets of a session that has ended, and cuts them', async () => {
    const leaving = await signIn(api.origin, 'can.editor');
    const { socket } = await openProjects(leaving);

    await signOut(api.origin, leaving);
    await socket.untilDisconnected();

    expect(socket.received.at(-1)).toMatchObject({
      event: 'closed',
      body: { code: 'session.ended' },
    });
    await expect(BareSocket.connect(api.origin, { cookie: leaving.cookie })).rejects.toThrow(
      'session.ended',
    );
  });
});
