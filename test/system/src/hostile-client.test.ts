/**
 * A signed-in editor, or somebody who is not even that, sends what no client of ours would. Nothing gets in, nothing
 * stops, every refusal is answered with its code and stands in the log, and two members who work on do not notice.
 */
import {
  BareReplica,
  BareSocket,
  getJson,
  signIn,
  startApi,
  type Api,
  type SignedIn,
  isLong,
} from '@lodestone/test-support';
import { breakBytes, diceOf, makeUp } from '@lodestone/update-admission/testing';
import parser from 'socket.io-msgpack-parser';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Attacker, type Answer } from './hostile/attacker.ts';
import { attacks } from './hostile/crafted-attacks.ts';
import { HonestPair } from './hostile/honest-pair.ts';
import { RawLine } from './hostile/raw-line.ts';

const document = 'bilateral/project';
const seed = 20_260_601;
const attackers = 8;
const mutations = isLong ? 200_000 : 2_400;
/** Generous: the machine has two cores, and the attack, the workspace and its database share them. */
const patienceMs = 2_000;

let api: Api;
let usa: SignedIn;
let jpn: SignedIn;
let approver: SignedIn;
let auditor: SignedIn;
let pair: HonestPair;
const lines: { close(): void }[] = [];

beforeAll(async () => {
  api = await startApi();
  const accounts = ['usa.editor', 'jpn.editor', 'jpn.approver', 'auditor'];
  [usa, jpn, approver, auditor] = (await Promise.all(
    accounts.map((account) => signIn(api.origin, account)),
  )) as [SignedIn, SignedIn, SignedIn, SignedIn];
  await bear(jpn, 'theirs', { name: 'Theirs', parties: ['JPN'], state: 'candidate' });
  await bear(usa, 'mine', { name: 'Mine', parties: ['USA'], state: 'candidate', notes: 'Mine' });
  pair = await HonestPair.start({
    ...{ origin: api.origin, document, key: 'theirs/notes' },
    ...{ writer: jpn, reader: approver },
  });
});

afterEach(() => {
  for (const line of lines.splice(0)) line.close();
});

afterAll(async () => {
  await api.stop();
});

async function bear(person: SignedIn, record: string, fields: object): Promise<void> {
  const socket = await connect(person);
  const replica = new BareReplica(await socket.open(document));
  const update = replica.write({ [record]: fields });
  const answer = await socket.ask('update', { document, update, edit: `birth-of-${record}` });
  expect(answer['status']).toBe('committed');
}

async function connect(person: SignedIn): Promise<BareSocket> {
  const socket = await BareSocket.connect(api.origin, { cookie: person.cookie });
  lines.push(socket);

  return socket;
}

async function attack(where = document): Promise<Attacker> {
  const attacker = await Attacker.open(api.origin, usa, where);
  lines.push(attacker);

  return attacker;
}

async function rawLine(cookie?: string): Promise<RawLine> {
  const line = await RawLine.open({ origin: api.origin, ...(cookie !== undefined && { cookie }) });
  lines.push({
    close: () => {
      line.end();
    },
  });

  return line;
}

/** What a client sees who has never been here, what REST says, and that nothing waits in the document. */
async function look(): Promise<{ readonly cells: object; readonly records: readonly object[] }> {
  const socket = await connect(jpn);
  const replica = new BareReplica(await socket.open(document));
  socket.close();
  expect(replica.doc.store.pendingStructs).toBeNull();
  expect(replica.doc.store.pendingDs).toBeNull();
  expect([...replica.doc.share.keys()]).toEqual(['project']);
  const { status, body } = await getJson(
    api.origin,
    jpn,
    `/api/compartments/bilateral/records/project`,
  );
  expect(status).toBe(200);

  return { cells: replica.cells.toJSON(), records: (body as { records: object[] }).records };
}

/** The cells that the attacker may not write, but for the one that the honest pair writes. */
function foreignCells(cells: object): object {
  const foreign = Object.entries(cells).filter(
    ([key]) => (key === 'theirs' || key.startsWith('theirs/')) && key !== 'theirs/notes',
  );

  return Object.fromEntries(foreign);
}

/** The refusals of the attacker's party in the log, by code: those with an entry of their own, and those counted. */
async function refusalsSince(from: Date): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  for (let after = ''; ;) {
    const query = new URLSearchParams({
      compartment: 'bilateral',
      party: 'USA',
      from: from.toISOString(),
      limit: '500',
      ...(after && { after }),
    });
    const { body } = await getJson(api.origin, auditor, `/api/audit/entries?${query.toString()}`);
    const { entries, next } = body as AuditAnswer;
    for (const { outcome, action, refusals = [] } of entries) {
      if (outcome !== 'refused') continue;
      for (const { code, count = 1 } of action === 'refusals.counted'
        ? refusals
        : refusals.slice(0, 1)) {
        sums.set(code, (sums.get(code) ?? 0) + count);
      }
    }
    if (next === null) return sums;
    after = next;
  }
}

interface AuditAnswer {
  readonly next: string | null;
  readonly entries: readonly {
    readonly outcome: string;
    readonly action: string;
    readonly refusals?: readonly { readonly code: string; readonly count?: number }[];
  }[];
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** While it was attacked, the pair worked on, and waited no longer than people bear. */
async function expectUnharmed(during: string): Promise<void> {
  const { edits, p50, p99 } = await pair.takeWaits();
  tell(
    `${during}: honest members made ${String(edits)} edits, p50 ${String(p50)} ms, p99 ${String(p99)} ms`,
  );
  expect(edits).toBeGreaterThan(0);
  expect(p99).toBeLessThan(patienceMs);
}

const numberOf = (counts: ReadonlyMap<string, number>, code: string) => counts.get(code) ?? 0;

describe('a crafted update', () => {
  it.each(Object.entries(attacks))(
    'that %s is refused, and leaves no trace',
    async (_what, make) => {
      const attacker = await attack();
      const [before, begun] = [await look(), new Date()];
      attacker.catchUp();

      const answer = await attacker.send(make(attacker));

      expect(['rejected', 'resync']).toContain(answer['status']);
      const after = await look();
      expect({ ...after.cells, 'theirs/notes': '' }).toEqual({
        ...before.cells,
        'theirs/notes': '',
      });
      if (answer['status'] === 'rejected') {
        const code = String(answer['code']);
        await expect
          .poll(async () => numberOf(await refusalsSince(begun), code), { timeout: 10_000 })
          .toBe(1);
      }
    },
  );
});

describe('mutated and made-up updates', () => {
  it(
    `of ${mutations.toLocaleString('en')} (seed ${String(seed)}), none changes what its author may not change`,
    { timeout: isLong ? 1_800_000 : 120_000 },
    async () => {
      await pair.takeWaits();
      const [before, begun] = [await look(), new Date()];
      const crowd = await Promise.all(Array.from({ length: attackers }, () => attack()));

      await Promise.all(crowd.map((attacker, at) => mutate(attacker, diceOf(seed + at))));

      const answers = new Map<string, number>();
      for (const { answers: own } of crowd) {
        for (const [what, count] of own) answers.set(what, numberOf(answers, what) + count);
      }
      tell(`answers: ${JSON.stringify(Object.fromEntries(answers))}`);
      for (const what of [
        'committed',
        'resync',
        'update.malformed',
        'access.denied',
        'value.invalid',
      ]) {
        expect(numberOf(answers, what), what).toBeGreaterThan(0);
      }
      const after = await look();
      expect(foreignCells(after.cells)).toEqual(foreignCells(before.cells));
      await expect
        .poll(async () => refusalsAmong(await refusalsSince(begun)), { timeout: 10_000 })
        .toEqual(refusalsAmong(answers));
      await expectUnharmed('under mutated updates');
    },
  );

  async function mutate(attacker: Attacker, dice: (end: number) => number): Promise<void> {
    for (let left = mutations / attackers / 2; left > 0; left -= 1) {
      attacker.catchUp();
      const keys = ['mine/notes', 'theirs/notes', 'mine/stage', `r${String(dice(1e9))}`];
      const key = keys[dice(keys.length)] ?? '';
      const value = key.startsWith('r')
        ? { name: 'R', parties: ['USA'], state: 'candidate' }
        : 'text';
      const honest = new Y.Doc();
      Y.applyUpdate(honest, Y.encodeStateAsUpdate(attacker.document));
      honest.clientID = attacker.clientId;
      const state = Y.encodeStateVector(honest);
      honest.getMap(attacker.root).set(key, value);
      await sendUntilJudged(attacker, breakBytes(dice, Y.encodeStateAsUpdate(honest, state)));
      const { document: target, cells, root } = attacker;
      await sendUntilJudged(
        attacker,
        makeUp(dice, { document: target, cells, root }, attacker.clientId),
      );
    }
  }

  /** The budget is not what this is about. */
  async function sendUntilJudged(attacker: Attacker, update: Uint8Array): Promise<Answer> {
    for (;;) {
      const answer = await attacker.send(update);
      if (answer['code'] !== 'rate.limited') return answer;
    }
  }

  function refusalsAmong(counts: ReadonlyMap<string, number>): object {
    const refusals = [...counts].filter(([code, count]) => code.includes('.') && count > 0);

    return Object.fromEntries(refusals.sort());
  }
});

describe('a flood', () => {
  it('of updates is answered rate.limited beyond the budget, and counted in the log', async () => {
    await pair.takeWaits();
    const [attacker, begun] = [await attack(), new Date()];
    const update = attacker.craft({ items: [{ key: 'theirs/status', value: 'x' }] });
    const flood = 9_000;

    await Promise.all(Array.from({ length: flood }, () => attacker.send(update)));

    const limited = numberOf(attacker.answers, 'rate.limited');
    tell(`answers: ${JSON.stringify(Object.fromEntries(attacker.answers))}`);
    expect(limited).toBeGreaterThan(500);
    expect(numberOf(attacker.answers, 'access.denied')).toBe(flood - limited);
    await expect
      .poll(
        async () => {
          const now = await refusalsSince(begun);

          return ['rate.limited', 'access.denied'].map((code) => numberOf(now, code));
        },
        { timeout: 10_000 },
      )
      .toEqual([limited, flood - limited]);
    expect(attacker.socket.isConnected).toBe(true);
    await expectUnharmed('under a flood of updates');
  });

  it('of small messages ends the socket with a code', async () => {
    await pair.takeWaits();
    const attacker = await attack();

    for (let left = 40_000; left > 0; left -= 1) {
      attacker.socket.send('presence', { document, at: null, editing: false });
    }
    await attacker.socket.untilDisconnected(30_000);

    expect(lastEvent(attacker)).toEqual({
      event: 'closed',
      body: { document: '', code: 'rate.limited' },
    });
    await expectUnharmed('under a flood of small messages');
  });

  it('of messages that say nothing ends the socket with a code', async () => {
    const attacker = await attack();

    for (let left = 1_000; left > 0; left -= 1) attacker.socket.send('update', { document: left });
    await attacker.socket.untilDisconnected();

    expect(lastEvent(attacker)).toEqual({
      event: 'closed',
      body: { document: '', code: 'update.malformed' },
    });
  });

  it('of openings is answered rate.limited', async () => {
    await pair.takeWaits();
    const attacker = await attack();
    const opening = { document, protocol: 1, device: 'device-of-a-flood' };
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => attacker.socket.ask('open', opening)),
    );

    const limited = answers.filter(({ code }) => code === 'rate.limited');
    expect(limited.length).toBeGreaterThan(500);
    expect(limited.length + answers.filter(({ status }) => status === 'open').length).toBe(1_000);
    await expectUnharmed('under a flood of openings');
  });
});

describe('a reader who stops reading', () => {
  const own = 'usa/project';
  const updates = 40;
  const text = 'あ'.repeat(16_000);

  /** Five records of 48 KB each, which stay: only values that are written over need not be sent to who is late. */
  function bear(attacker: Attacker, count: number): Promise<Answer> {
    const births = ['a', 'b', 'c', 'd', 'e'].map((name) => [
      `${name}${String(count)}`,
      { name: 'Large', parties: ['USA'], state: 'candidate', notes: text },
    ]);

    return attacker.send(attacker.write(Object.fromEntries(births) as Record<string, unknown>));
  }

  it('is a queue of bounded length, costs the others nothing, and is told to open again', async () => {
    await pair.takeWaits();
    const [attacker, stuck] = [await attack(own), await openedLine()];
    const heard = () => stuck.events().filter(({ event }) => event === 'update');
    const opened = stuck.received.length;
    stuck.send(packet(['open', { document: own, protocol: 1, device: 'device-of-a-reader' }], 1));
    await expect.poll(() => stuck.received.length).toBeGreaterThan(opened);
    stuck.pause();

    for (let count = 0; count < updates; count += 1) {
      expect((await bear(attacker, count))['status']).toBe('committed');
    }
    stuck.resume();

    await expect
      .poll(() => heard().at(-1)?.body['update'], { timeout: 20_000 })
      .toEqual(Buffer.of(0, 0));
    const [last, beforeLast] = [heard().at(-1), heard().at(-2)];
    expect(last?.body['after']).toBeGreaterThan(Number(beforeLast?.body['seq']));
    const bytes = heard().reduce((sum, { body }) => sum + (body['update'] as Buffer).length, 0);
    expect(bytes).toBeLessThan(updates * 240_000);
    await expectUnharmed('beside a reader who stopped reading');
  });
});

function lastEvent({ socket }: Attacker): unknown {
  return socket.received.at(-1);
}

function packet(data: unknown, id?: number): Buffer {
  const [bytes] = new parser.Encoder().encode({ type: 2, nsp: '/sync', data, id }) as unknown as [
    Buffer,
  ];

  return bytes;
}

/** A raw line with the session's cookie that has connected to the namespace. */
async function openedLine(): Promise<RawLine> {
  const line = await rawLine(usa.cookie);
  const [bytes] = new parser.Encoder().encode({ type: 0, nsp: '/sync', data: {} }) as unknown as [
    Buffer,
  ];
  line.send(bytes);
  await expect.poll(() => line.received.length).toBeGreaterThan(1);

  return line;
}

describe('a message that is too large', () => {
  it('is refused as an update above 256 KiB, and ends the socket above 1 MiB', async () => {
    const attacker = await attack();

    expect(await attacker.send(new Uint8Array(262_145))).toMatchObject({
      status: 'rejected',
      code: 'update.too-large',
    });
    attacker.socket.send('update', { document, update: Buffer.alloc(1_200_000) });
    await attacker.socket.untilDisconnected();
  });
});

const deep = Array.from({ length: 12 }).reduce<unknown>((inner) => [inner], 'deep');
const bodies: readonly unknown[] = [
  ...[undefined, null, 0, '', 'text', true, [], {}, deep, Buffer.of(1, 2, 3), 'x'.repeat(100_000)],
  ...[{ document: {} }, { document: '' }, { document: '__proto__' }, { document: '../../etc' }],
  ...[
    { document: 'constructor/prototype' },
    { document: 'x'.repeat(100_000) },
    { document: [document] },
  ],
  { document, protocol: '1', device: 'some-device' },
  { document, protocol: 2, device: 'some-device' },
  { document, protocol: 1, device: '' },
  { document, protocol: 1, device: 'some-device', clientId: -1 },
  { document, protocol: 1, device: 'some-device', generation: 0 },
  { document, protocol: 1, device: 'some-device', stateVector: Buffer.alloc(20, 255) },
  { document, protocol: 1, device: 'some-device', stateVector: 'text' },
  ...['text', [1, 2], {}, null, 7].map((update) => ({ document, update })),
  ...['', '__proto__', 'x'.repeat(100), 7].map((edit) => ({
    document,
    edit,
    update: Buffer.of(0, 0),
  })),
  ...[-1, 1.5, 2 ** 60, Number.NaN, '1'].map((seq) => ({
    document,
    seq,
    seen: seq,
    update: Buffer.of(0, 0),
  })),
  ...['text', 7, {}, { record: 'x'.repeat(65), field: '' }].map((at) => ({
    document,
    at,
    editing: 'yes',
  })),
];

describe('garbage on an event', () => {
  it.each(['open', 'update', 'read', 'leave', 'presence'])(
    '%s is answered with a code, and the socket lives',
    async (event) => {
      const attacker = await attack();
      for (const body of bodies) {
        if (event === 'presence') {
          attacker.socket.send(event, body);
          continue;
        }
        const answer = await attacker.socket.ask(event, body);
        expect(['refused', 'rejected', 'resync', 'left', 'read'], JSON.stringify(body)).toContain(
          answer['status'],
        );
        expect(answer['code'], JSON.stringify(body)).not.toBe('unavailable');
        // Without asking for an answer, too.
        attacker.socket.send(event, body);
      }

      expect(await attacker.socket.ask('leave', { document })).toEqual({ status: 'left' });
    },
  );

  it.each([
    'become-administrator',
    'disconnect',
    'error',
    'connect',
    'newListener',
    '__proto__',
    'constructor',
    'x'.repeat(10_000),
    '',
  ])('%s, which there is not, ends the socket with a code', async (event) => {
    const line = await openedLine();
    line.send(packet([event, { document }]));

    await line.closed;

    expect(line.received.some((message) => message.includes('update.malformed'))).toBe(true);
  });
});

const hugeArray = [0xdd, 0x01, 0xff, 0xff, 0xff];
const frames: Readonly<Record<string, Uint8Array | string>> = {
  'a msgpack array of arrays of 32 million': Uint8Array.from(
    Array.from({ length: 20 }, () => hugeArray).flat(),
  ),
  'a msgpack buffer of 4 GB': Uint8Array.of(0xc9, 0xff, 0xff, 0xff, 0xff, 0),
  'a million msgpack arrays in each other': new Uint8Array(1_000_000).fill(0x91),
  'random bytes': Uint8Array.from({ length: 1_000 }, (_, at) => (at * 7919) % 251),
  'a packet without a type': packetOf({ nsp: '/sync', data: ['open'] }),
  'a packet of type 99': packetOf({ type: 99, nsp: '/sync', data: ['open'] }),
  'an event without data': packetOf({ type: 2, nsp: '/sync', data: [] }),
  'an event whose name is a number': packetOf({ type: 2, nsp: '/sync', data: [42] }),
  'an event whose name is an object': packetOf({
    type: 2,
    nsp: '/sync',
    data: [{ toString: 'x' }],
  }),
  'a namespace that is an object': packetOf({ type: 2, nsp: {}, data: ['open'] }),
  'another connect': packetOf({ type: 0, nsp: '/sync', data: {} }),
  'text for a packet': '42["update",{}]',
  'an engine packet of no kind': 'x',
  'an engine ping': '2',
  'an engine close': '1',
  'an answer to nothing': packetOf({ type: 3, nsp: '/sync', data: [{}], id: 2 ** 40 }),
};

function packetOf(value: object): Uint8Array {
  const [bytes] = new parser.Encoder().encode(value) as unknown as [Buffer];

  return bytes;
}

describe('garbage below Socket.IO', () => {
  it.each(Object.entries(frames))(
    '(%s) harms nobody, with or without a session',
    async (_what, frame) => {
      await pair.takeWaits();
      for (const line of [await rawLine(), await openedLine()]) {
        line.send(frame);
        // Whatever it was, the next one is refused by everybody.
        line.send(Uint8Array.of(0xc1));
        await line.closed;
      }
      await expect.poll(async () => (await pair.takeWaits()).edits).toBeGreaterThan(0);
      expect((await fetch(`${api.origin}/api/health/live`)).status).toBe(200);
    },
  );

  it('of bytes that are no WebSocket frame ends the connection', async () => {
    const line = await openedLine();
    line.sendBelow(Uint8Array.from({ length: 100 }, () => 0xff));

    expect(await line.closed).toBeGreaterThan(1_000);
  });

  it('of connects by who has no session ends the connection at the second', async () => {
    const line = await rawLine();
    for (let left = 10; left > 0; left -= 1)
      line.send(packetOf({ type: 0, nsp: '/sync', data: {} }));

    await line.closed;

    const told = Buffer.concat(line.received).toString('latin1');
    expect(told.split('session.ended').length - 1).toBeLessThanOrEqual(1);
  });

  it('of a connect to another namespace lets nobody in', async () => {
    const line = await rawLine(usa.cookie);
    line.send(packetOf({ type: 0, nsp: '/', data: {} }));

    await expect
      .poll(() => Buffer.concat(line.received).toString('latin1'))
      .toContain('access.denied');
  });
});

describe('after all that', () => {
  it('what the honest wrote stands, and everybody sees the same', async () => {
    const { value } = await pair.stop();
    const { cells, records } = await look();

    expect(cells).toMatchObject({ 'theirs/notes': value });
    const theirs = records.find((record) => (record as { id: string }).id === 'theirs');
    expect(JSON.stringify(theirs)).toContain(value);
  });
});
