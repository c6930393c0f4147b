/** What the client makes of every kind of answer. */
import { describe, expect, it } from 'vitest';
import { createApiClient } from './api-client.ts';

const user = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  name: 'Yui Nishimura',
  party: 'JPN',
  roles: ['editor'],
  language: 'ja',
};
const me = { user, csrfToken: 'token', compartments: [], permissions: [], sample: true };

/** A client whose server gives one answer, and the requests it received. */
function clientThatGets(answer: () => Response | Promise<Response>, csrfToken?: string) {
  const requests: { readonly path: string; readonly init: RequestInit }[] = [];
  const api = createApiClient({
    fetch: (path, init) => {
      requests.push({
        path: path instanceof Request ? path.url : path.toString(),
        init: init ?? {},
      });

      return Promise.resolve(answer());
    },
    csrfToken: () => csrfToken,
  });

  return { api, requests };
}

function json(body: unknown, init?: ResponseInit): Response {
  return new Response(JSON.stringify(body), init);
}

function problem(code: string, status: number, headers?: Record<string, string>): Response {
  const body = { type: `tag:lodestone.example,2026:problem/${code}`, title: code, status, code };

  return json(body, { status, headers: { ...headers } });
}

describe('createApiClient', () => {
  it('gives the parsed answer', async () => {
    const { api, requests } = clientThatGets(() => json(me));

    const answer = await api.me();

    expect(answer).toEqual({ outcome: 'answered', value: me });
    expect(requests[0]?.path).toBe('/api/me');
  });

  it('takes an answer that is not what the contract says for no answer', async () => {
    const { api } = clientThatGets(() => json({ ...me, user: { ...user, party: 'Japan' } }));

    expect(await api.me()).toEqual({ outcome: 'unreachable' });
  });

  it('takes the page of a captive network for no answer', async () => {
    const { api } = clientThatGets(() => new Response('<html>Wi-Fi</html>', { status: 200 }));

    expect(await api.me()).toEqual({ outcome: 'unreachable' });
  });

  it('takes the error page of a proxy for no answer', async () => {
    const { api } = clientThatGets(() => new Response('Bad Gateway', { status: 502 }));

    expect(await api.me()).toEqual({ outcome: 'unreachable' });
  });

  it('says unreachable when nothing answers', async () => {
    const { api } = clientThatGets(() => Promise.reject(new TypeError('failed to fetch')));

    expect(await api.me()).toEqual({ outcome: 'unreachable' });
  });

  it('gives a problem with its code', async () => {
    const { api } = clientThatGets(() => problem('session.required', 401));

    expect(await api.me()).toMatchObject({
      outcome: 'problem',
      problem: { code: 'session.required', status: 401 },
    });
  });

  it('says when to come back', async () => {
    const { api } = clientThatGets(() => problem('auth.throttled', 429, { 'Retry-After': '42' }));

    const answer = await api.signIn({ email: 'a@b.example', password: 'x' });

    expect(answer).toMatchObject({ outcome: 'problem', retryAfterSeconds: 42 });
  });

  it('carries the token of the session in calls that change something, and in no other', async () => {
    const { api, requests } = clientThatGets(() => new Response(null, { status: 204 }), 'token');

    await api.signOut();
    await api.me();

    expect(new Headers(requests[0]?.init.headers).get('X-CSRF-Token')).toBe('token');
    expect(new Headers(requests[1]?.init.headers).get('X-CSRF-Token')).toBeNull();
  });

  it('signs out on an empty answer', async () => {
    const { api, requests } = clientThatGets(() => new Response(null, { status: 204 }));

    expect(await api.signOut()).toEqual({ outcome: 'answered', value: null });
    expect(requests[0]?.init.method).toBe('DELETE');
  });

  it('asks for the history of one record', async () => {
    const { api, requests } = clientThatGets(() => json({ entries: [], next: null }));

    await api.history({ compartment: 'public', register: 'project', record: 'r 1', limit: 5 });

    expect(requests[0]?.path).toBe(
      '/api/audit/entries?compartment=public&register=project&record=r+1&limit=5',
    );
  });
});
