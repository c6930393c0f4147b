/** Who is signed in, after every answer the server can give. */
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '@lodestone/api-contract';
import type { Answer, ApiClient, Me } from './api-client.ts';
import { csrfTokenOf, SessionStore } from './session-store.ts';

const me: Me = {
  user: {
    id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    name: 'Yui Nishimura',
    party: 'JPN',
    roles: ['editor'],
    language: 'ja',
  },
  csrfToken: 'token',
  compartments: [],
  permissions: [],
  sample: false,
};

function answered<T>(value: T): Answer<T> {
  return { outcome: 'answered', value };
}

function refused(code: ProblemCode, retryAfterSeconds?: number): Answer<never> {
  return {
    outcome: 'problem',
    problem: { type: code, title: code, status: 401, code },
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}

const unreachable: Answer<never> = { outcome: 'unreachable' };

/** A store over a server that gives these answers. */
function storeOver(
  answers: Partial<{ [K in keyof ApiClient]: Awaited<ReturnType<ApiClient[K]>> }>,
) {
  return new SessionStore({
    me: () => Promise.resolve(answers.me ?? answered(me)),
    signIn: () =>
      Promise.resolve(answers.signIn ?? answered({ user: me.user, csrfToken: 'token' })),
    signOut: () => Promise.resolve(answers.signOut ?? answered(null)),
    rememberLanguage: (language) =>
      Promise.resolve(answers.rememberLanguage ?? answered({ user: { ...me.user, language } })),
    history: () => Promise.resolve(unreachable),
  });
}

async function signedIn(answers: Parameters<typeof storeOver>[0] = {}): Promise<SessionStore> {
  const store = storeOver(answers);
  await store.restore();

  return store;
}

describe('SessionStore', () => {
  it('knows nothing before it has asked', () => {
    expect(storeOver({}).get()).toEqual({ status: 'restoring' });
  });

  it('restores the session of the cookie', async () => {
    const store = await signedIn();

    expect(store.get()).toEqual({ status: 'signed-in', me });
    expect(csrfTokenOf(store.get())).toBe('token');
  });

  it('is signed out where the server knows no session', async () => {
    const store = await signedIn({ me: refused('session.required') });

    expect(store.get()).toEqual({ status: 'signed-out' });
  });

  it('does not take a dead server for a sign-out', async () => {
    const store = await signedIn({ me: unreachable });

    expect(store.get()).toEqual({ status: 'unreachable' });
  });

  it('does not take a database that is down for a sign-out', async () => {
    const store = await signedIn({ me: refused('unavailable') });

    expect(store.get()).toEqual({ status: 'unreachable' });
  });

  it('signs in and tells who listens', async () => {
    const store = storeOver({});
    const seen: string[] = [];
    store.subscribe(() => seen.push(store.get().status));

    const outcome = await store.signIn({ email: 'a@b.example', password: 'right' });

    expect(outcome).toEqual({ outcome: 'signed-in' });
    expect(seen).toEqual(['signed-in']);
  });

  it.each([
    ['auth.failed', { outcome: 'wrong' }],
    ['request.invalid', { outcome: 'wrong' }],
    ['auth.second-factor', { outcome: 'second-factor' }],
    ['origin.refused', { outcome: 'wrong-address' }],
    ['unavailable', { outcome: 'unavailable' }],
    ['internal', { outcome: 'unavailable' }],
  ] as const)('says what %s means to who signs in', async (code, expected) => {
    const store = storeOver({ signIn: refused(code) });

    expect(await store.signIn({ email: 'a@b.example', password: 'x' })).toEqual(expected);
    expect(store.get().status).toBe('restoring');
  });

  it('says how long to wait', async () => {
    const store = storeOver({ signIn: refused('auth.throttled', 42) });

    const outcome = await store.signIn({ email: 'a@b.example', password: 'x' });

    expect(outcome).toEqual({ outcome: 'throttled', retryAfterSeconds: 42 });
  });

  it('keeps the person when the server ends the session', async () => {
    const store = await signedIn();

    store.end();

    expect(store.get()).toEqual({ status: 'ended', me });
    expect(csrfTokenOf(store.get())).toBeUndefined();
  });

  it('comes back from an ended session', async () => {
    const store = await signedIn();
    store.end();

    await store.signIn({ email: 'a@b.example', password: 'right' });

    expect(store.get()).toEqual({ status: 'signed-in', me });
  });

  it('tidies up when the screens have gone', async () => {
    const store = await signedIn();
    const statuses: string[] = [];

    const isGone = await store.signOut(() => {
      statuses.push(store.get().status);

      return Promise.resolve();
    });

    expect(isGone).toBe(true);
    expect(statuses).toEqual(['signed-out']);
    expect(store.get()).toEqual({ status: 'signed-out' });
  });

  it('touches nothing where the server could not be told of the sign-out', async () => {
    const store = await signedIn({ signOut: unreachable });
    let isTidied = false;

    const isGone = await store.signOut(() => {
      isTidied = true;

      return Promise.resolve();
    });

    expect(isGone).toBe(false);
    expect(isTidied).toBe(false);
    expect(store.get().status).toBe('signed-in');
  });

  it('remembers the language with the person', async () => {
    const store = await signedIn();

    await store.rememberLanguage('en');

    expect(store.get()).toMatchObject({ me: { user: { language: 'en' } } });
  });

  it('is not troubled where the language could not be remembered', async () => {
    const store = await signedIn({ rememberLanguage: unreachable });

    await store.rememberLanguage('en');

    expect(store.get()).toEqual({ status: 'signed-in', me });
  });
});
