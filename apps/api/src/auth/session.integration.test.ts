/** Signing in, staying in and leaving, over HTTP and on a real database. */
import { createHash } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import {
  meAnswerSchema,
  mePatchAnswerSchema,
  type ProblemCode,
  problemSchema,
  problems,
  routes,
  signInAnswerSchema,
} from '@lodestone/api-contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { PersonId } from './person.ts';
import { SessionEvents, type SessionEvent } from './session-events.ts';
import { SessionService } from './session.service.ts';
import type { Browser } from './testing/browser.ts';
import { emailOf, PASSWORD, Serving, startDatabase, type TestDatabase } from './testing/serving.ts';

const EDITOR = 'usa.editor';
const EMAIL = emailOf(EDITOR);
const HOUR_MS = 3_600_000;

let database: TestDatabase;
let serving: Serving;
let editor: PersonId;
let events: SessionEvent[];

beforeAll(async () => {
  database = await startDatabase();
  serving = await Serving.start(database);
  editor = await serving.addPerson(EDITOR);
  serving.app.get(SessionEvents).subscribe((event) => events.push(event));
});

beforeEach(async () => {
  await database.owner.query(`DELETE FROM session`);
  events = [];
});

afterAll(async () => {
  await serving.stop();
  await database.stop();
});

describe('signing in', () => {
  it('answers with the person and a CSRF token, and the cookie is for browsers alone', async () => {
    const response = await serving.browser().trySignIn(EMAIL, PASSWORD);

    expect(response.status).toBe(201);
    const { user, csrfToken } = signInAnswerSchema.parse(await response.json());
    expect(user).toEqual({
      ...{ id: editor, name: EDITOR, party: 'USA' },
      ...{ roles: ['editor'], language: 'en' },
    });
    expect(csrfToken.length).toBeGreaterThanOrEqual(43);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^lodestone\.sid=[^;]{40,}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
  });

  it('takes the address in any case, and the password in any form of writing', async () => {
    await serving.browser().signIn(EMAIL.toUpperCase(), PASSWORD);
    const fullWidth = PASSWORD.replace('correct', 'ｃｏｒｒｅｃｔ');

    await expect(serving.browser().signIn(` ${EMAIL} `, fullWidth)).resolves.toBeDefined();
  });

  it('keeps no session that could be opened by who reads the table', async () => {
    const browser = await signedIn();
    const token = decodeURIComponent(browser.cookies).replace(
      /^lodestone\.sid=s:([^.]+)\..*$/,
      '$1',
    );

    const [row] = await sessionRows();

    expect(row?.sid).toBe(createHash('sha256').update(token).digest('hex'));
    expect(JSON.stringify(row)).not.toContain(token);
  });

  it('gives a new id, so that a cookie planted before is worth nothing after', async () => {
    const attacker = await signedIn();
    const planted = attacker.cookies;
    const victim = serving.browser();
    victim.setCookie('lodestone.sid', planted.replace('lodestone.sid=', ''));

    await victim.signIn(EMAIL, PASSWORD);

    expect(victim.cookies).not.toBe(planted);
    expect((await victim.call(routes.me)).status).toBe(200);
    await expectProblem(await attacker.call(routes.me), 'session.ended');
    expect(events.map(({ kind }) => kind)).toEqual(['signed-in', 'ended', 'signed-in']);
  });

  it('ignores a cookie that it has not signed', async () => {
    const browser = serving.browser();
    browser.setCookie('lodestone.sid', 'chosen-by-somebody-else');

    await browser.signIn(EMAIL, PASSWORD);

    expect(browser.cookies).not.toContain('chosen');
  });

  it('stores nothing for who does not sign in', async () => {
    await serving.browser().call(routes.me);
    await serving.browser().trySignIn(EMAIL, 'wrong');

    expect(await sessionRows()).toEqual([]);
  });
});

describe('a refused sign-in', () => {
  it('reads the same for a wrong password, an unknown account, a disabled one and one without password', async () => {
    const disabled = await serving.addPerson('usa.disabled');
    const keyless = await serving.addPerson('usa.keyless');
    await database.owner.query('UPDATE person SET disabled_at = now() WHERE id = $1', [disabled]);
    await database.owner.query('UPDATE person SET password_hash = NULL WHERE id = $1', [keyless]);

    const answers = await Promise.all(
      [
        { email: EMAIL, password: `${PASSWORD}!` },
        { email: emailOf('nobody'), password: PASSWORD },
        { email: 'not an address', password: PASSWORD },
        { email: emailOf('usa.disabled'), password: PASSWORD },
        { email: emailOf('usa.keyless'), password: PASSWORD },
      ].map(({ email, password }) => refusedAnswer(email, password)),
    );

    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('auth.failed');
  });

  it('is told to listeners with the account it was for, if there is one', async () => {
    await serving.browser().trySignIn(EMAIL, 'wrong');
    await serving.browser().trySignIn(emailOf('nobody'), 'wrong');

    expect(events).toEqual([
      { kind: 'sign-in-refused', person: editor, address: '127.0.0.1' },
      { kind: 'sign-in-refused', person: undefined, address: '127.0.0.1' },
    ]);
  });

  it('names the fields that are missing, and never reaches the database with what it cannot store', async () => {
    const post = (body: unknown) =>
      serving.browser().call(routes.session, { method: 'POST', body });

    const empty = await expectProblem(await post({}), 'request.invalid');
    const nul = await expectProblem(
      await post({ email: 'a\u0000b', password: 'x' }),
      'request.invalid',
    );

    expect(empty.errors?.map(({ path }) => path)).toEqual(['email', 'password']);
    expect(nul.errors?.map(({ path }) => path)).toEqual(['email']);
  });
});

describe('a session', () => {
  it('tells who is in it, with the CSRF token and the compartments of his party', async () => {
    await database.owner.query(
      `INSERT INTO compartment (id, name_en, name_ja, marking, parties, everyone) VALUES
         ('public', 'Public', '公開', 'PUBLIC', '{}', true),
         ('bilateral', 'Bilateral', '二国間', 'REL TO USA, JPN', '{USA,JPN}', false),
         ('jpn', 'Japan', '日本', 'JPN ONLY', '{JPN}', false)`,
    );
    const browser = await signedIn();

    const me = meAnswerSchema.parse(await (await browser.call(routes.me)).json());

    expect(me.csrfToken).toBe(browser.csrfToken);
    expect(me.compartments).toEqual([
      {
        id: 'bilateral',
        name: { en: 'Bilateral', ja: '二国間' },
        marking: 'REL TO USA, JPN',
        parties: ['USA', 'JPN'],
      },
      { id: 'public', name: { en: 'Public', ja: '公開' }, marking: 'PUBLIC', parties: [] },
    ]);
    expect(me.permissions.length).toBeGreaterThan(0);
  });

  it('remembers the language per person, and the next problem is told in it when asked for', async () => {
    const browser = await signedIn();

    const answer = await browser.call(routes.me, { method: 'PATCH', body: { language: 'ja' } });
    const elsewhere = await signedIn();
    const problem = await elsewhere.call('/api/nothing', { headers: { 'Accept-Language': 'ja' } });

    expect(mePatchAnswerSchema.parse(await answer.json()).user.language).toBe('ja');
    expect(meAnswerSchema.parse(await (await elsewhere.call(routes.me)).json()).user.language).toBe(
      'ja',
    );
    expect(problem.headers.get('Content-Language')).toBe('ja');
    expect(problemSchema.parse(await problem.json()).title).toBe(problems['not-found'].title.ja);
    await browser.call(routes.me, { method: 'PATCH', body: { language: 'en' } });
  });

  it('is asked for where there is none, and said to have ended where there was one', async () => {
    const stranger = serving.browser();
    const returning = serving.browser();
    returning.setCookie('lodestone.sid', 's%3Alost.signature');

    await expectProblem(await stranger.call(routes.me), 'session.required');
    await expectProblem(await returning.call(routes.me), 'session.ended');
  });

  it('ends with the account, at the next call', async () => {
    const guest = await serving.addPerson('usa.guest');
    const browser = serving.browser();
    await browser.signIn(emailOf('usa.guest'), PASSWORD);

    await database.owner.query('UPDATE person SET disabled_at = now() WHERE id = $1', [guest]);

    await expectProblem(await browser.call(routes.me), 'session.ended');
    expect(await sessionRows()).toEqual([]);
    expect(events.at(-1)).toMatchObject({ kind: 'ended', person: guest, reason: 'disabled' });
  });

  it('sees a role that was taken, at the next call', async () => {
    const guest = await serving.addPerson('usa.guest2', ['editor', 'approver']);
    const browser = serving.browser();
    await browser.signIn(emailOf('usa.guest2'), PASSWORD);

    await database.owner.query(`UPDATE person SET roles = '{editor}' WHERE id = $1`, [guest]);

    const me = meAnswerSchema.parse(await (await browser.call(routes.me)).json());
    expect(me.user.roles).toEqual(['editor']);
  });

  it('is known to whatever follows the access version, from the making of the account on', async () => {
    const before = await accessVersion();

    await serving.addPerson('usa.newcomer');

    expect(await accessVersion()).toBe(before + 1);
  });

  it('ends when it has been idle, and a call keeps it from idling', async () => {
    const browser = await signedIn();

    await moveExpiry('20 minutes');
    await browser.call(routes.me);
    const [kept] = await sessionRows();
    await moveExpiry('-1 second');

    expect(Date.parse(String(kept?.expire)) - Date.now()).toBeGreaterThan(0.9 * HOUR_MS);
    await expectProblem(await browser.call(routes.me), 'session.ended');
  });

  it('ends twelve hours after the sign-in, however busy', async () => {
    const browser = await signedIn();

    await signInEarlier(11.8 * HOUR_MS);
    await moveExpiry('5 minutes');
    await browser.call(routes.me);
    const [clamped] = await sessionRows();
    await signInEarlier(12 * HOUR_MS);

    expect(Date.parse(String(clamped?.expire)) - Date.now()).toBeLessThan(0.21 * HOUR_MS);
    await expectProblem(await browser.call(routes.me), 'session.ended');
    expect(events.at(-1)).toMatchObject({ kind: 'ended', reason: 'timed-out' });
    expect(await sessionRows()).toEqual([]);
  });

  it('is not written at every call', async () => {
    const browser = await signedIn();
    const version = 'SELECT xmin FROM session';
    const before: unknown = await database.owner.query(version);

    await browser.call(routes.me);

    expect(await database.owner.query(version)).toEqual(before);
  });
});

describe('signing out', () => {
  it('ends the session, clears the cookie, tells listeners and moves the access version', async () => {
    const browser = await signedIn();
    const cookies = browser.cookies;
    const before = await accessVersion();

    const response = await browser.call(routes.session, { method: 'DELETE' });

    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^lodestone\.sid=; Path=\/; Expires=Thu, 01 Jan 1970 .*HttpOnly/),
    ]);
    expect(await sessionRows()).toEqual([]);
    expect(await accessVersion()).toBe(before + 1);
    expect(events.at(-1)).toMatchObject({ kind: 'ended', person: editor, reason: 'signed-out' });
    const replay = serving.browser();
    replay.setCookie('lodestone.sid', cookies.replace('lodestone.sid=', ''));
    await expectProblem(await replay.call(routes.me), 'session.ended');
  });

  it('waits for a turn that holds the access row', async () => {
    const browser = await signedIn();
    const turn = database.owner.createQueryRunner();
    await turn.startTransaction();
    await turn.query('SELECT version FROM access_version WHERE id = 1 FOR SHARE');

    let hasEnded = false;
    const ending = browser.call(routes.session, { method: 'DELETE' }).then((response) => {
      hasEnded = true;
      return response;
    });
    let hadEndedInTurn: boolean;
    try {
      await waitUntilBlocked();
      hadEndedInTurn = hasEnded;
      await turn.commitTransaction();
    } finally {
      await turn.release();
    }

    expect((await ending).status).toBe(204);
    expect(hadEndedInTurn).toBe(false);
  });

  it('leaves the same person signed in elsewhere', async () => {
    const here = await signedIn();
    const there = await signedIn();

    await here.call(routes.session, { method: 'DELETE' });

    expect((await there.call(routes.me)).status).toBe(200);
  });
});

describe('a call of another site', () => {
  it.each([
    ['another origin', { Origin: 'https://evil.example' }],
    ['an origin that begins like ours', { Origin: 'http://localhost.evil.example' }],
    ['another port', { Origin: 'http://localhost:1' }],
    ['no origin worth the name', { Origin: 'null' }],
    ['a cross-site fetch without Origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a same-site fetch without Origin', { 'Sec-Fetch-Site': 'same-site' }],
  ])('changes nothing: %s', async (_case, headers) => {
    const browser = serving.browser(headers);

    const refused = await browser.trySignIn(EMAIL, PASSWORD);

    await expectProblem(refused, 'origin.refused');
    expect(await sessionRows()).toEqual([]);
  });

  it.each<[string, (port: number) => Record<string, string>]>([
    ['a script without a browser', () => ({})],
    ['our own page, by its other name', (port) => ({ Origin: `http://localhost:${String(port)}` })],
    ['our own page, in a browser that hides Origin', () => ({ 'Sec-Fetch-Site': 'same-origin' })],
  ])('is not: %s', async (_case, headers) => {
    const browser = serving.browser(headers(serving.port));

    expect((await browser.trySignIn(EMAIL, PASSWORD)).status).toBe(201);
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['that of another session', 'another'],
    ['a prefix', 'prefix'],
  ])('needs the CSRF token of the session: %s', async (_case, token) => {
    const browser = await signedIn();
    const own = browser.csrfToken ?? '';
    const tokens = { another: (await signedIn()).csrfToken, prefix: own.slice(0, -1) };
    browser.csrfToken = token && tokens[token as keyof typeof tokens];

    const refused = await browser.call(routes.session, { method: 'DELETE' });

    await expectProblem(refused, 'csrf.invalid');
    expect((await browser.call(routes.me)).status).toBe(200);
  });
});

describe('a socket handshake', () => {
  it('finds the actor of a live session, under the id that the table and the log know', async () => {
    const browser = await signedIn();
    const [row] = await sessionRows();

    const actor = await sessions().authenticateHandshake(handshake(browser.cookies));

    expect(actor).toMatchObject({ person: editor, name: EDITOR, party: 'USA', roles: ['editor'] });
    expect(actor?.session).toBe(row?.sid);
  });

  it('finds nobody without a cookie, with a forged one, and after the session', async () => {
    const browser = await signedIn();
    const cookies = browser.cookies;
    const forged = `${cookies.slice(0, -4)}AAAA`;

    expect(await sessions().authenticateHandshake(handshake(undefined))).toBeUndefined();
    expect(await sessions().authenticateHandshake(handshake(forged))).toBeUndefined();
    await browser.call(routes.session, { method: 'DELETE' });
    expect(await sessions().authenticateHandshake(handshake(cookies))).toBeUndefined();
  });

  it('lets the gateway ask which sessions are over', async () => {
    const [staying, leaving, idling] = [await signedIn(), await signedIn(), await signedIn()];
    const ids = await Promise.all(
      [staying, leaving, idling].map(async ({ cookies }) => {
        const actor = await sessions().authenticateHandshake(handshake(cookies));
        if (!actor) throw new Error('no actor');
        return actor.session;
      }),
    );

    await leaving.call(routes.session, { method: 'DELETE' });
    await database.owner.query(`UPDATE session SET expire = now() WHERE sid = $1`, [ids[2]]);

    expect(await sessions().endedAmong(ids)).toEqual(ids.slice(1));
    expect(await sessions().endedAmong([])).toEqual([]);
  });
});

async function signedIn(): Promise<Browser> {
  const browser = serving.browser();

  await browser.signIn(EMAIL, PASSWORD);

  return browser;
}

function sessions(): SessionService {
  return serving.app.get(SessionService);
}

function handshake(cookie: string | undefined): IncomingMessage {
  const request = new IncomingMessage(new Socket());

  request.url = '/socket.io/?EIO=4&transport=websocket';
  request.method = 'GET';
  if (cookie !== undefined) request.headers.cookie = cookie;

  return request;
}

async function expectProblem(response: Response, code: ProblemCode) {
  const problem = problemSchema.parse(await response.json());

  expect(problem.code).toBe(code);
  expect(response.status).toBe(problems[code].status);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');

  return problem;
}

/** Everything the caller is told, but for what names the call. */
async function refusedAnswer(email: string, password: string): Promise<string> {
  const response = await serving.browser().trySignIn(email, password);
  const { requestId: _id, ...problem } = problemSchema.parse(await response.json());
  const headers = [...response.headers].filter(
    ([name]) => !['date', 'x-request-id'].includes(name),
  );

  return JSON.stringify({ status: response.status, headers, problem });
}

function sessionRows(): Promise<{ sid: string; expire: Date }[]> {
  return database.owner.query('SELECT sid, sess, expire FROM session');
}

async function accessVersion(): Promise<number> {
  const [row] = await database.owner.query<{ version: string }[]>(
    'SELECT version FROM access_version',
  );

  return Number(row?.version);
}

async function moveExpiry(interval: string): Promise<void> {
  await database.owner.query('UPDATE session SET expire = now() + $1::interval', [interval]);
}

async function signInEarlier(milliseconds: number): Promise<void> {
  await database.owner.query(
    `UPDATE session SET sess = (sess::jsonb || jsonb_build_object('signedInAt', $1::text))::json`,
    [new Date(Date.now() - milliseconds).toISOString()],
  );
}

/** Until some statement waits for a lock. */
async function waitUntilBlocked(): Promise<void> {
  await expect
    .poll(() =>
      database.owner
        .query<unknown[]>(`SELECT pid FROM pg_locks WHERE NOT granted`)
        .then((rows) => rows.length),
    )
    .toBeGreaterThan(0);
}
