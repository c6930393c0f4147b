/** What every call has in common: problems, headers, the web client, health, and that nothing is open by mistake. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';

import {
  type ProblemCode,
  problems,
  problemSchema,
  problemType,
  REQUEST_ID_HEADER,
  routes,
} from '@lodestone/api-contract';
import { Controller, ForbiddenException, Get, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Public } from '../auth/public.decorator.ts';
import type { Browser } from '../auth/testing/browser.ts';
import {
  emailOf,
  PASSWORD,
  Serving,
  startDatabase,
  type TestDatabase,
} from '../auth/testing/serving.ts';
import { handlersOf } from './testing/handlers-of.ts';

const SECRET = 'the password of the database';
const SCRIPT = `document.documentElement.dataset.scheme = 'dark';`;
const PAGE = `<!doctype html><title>Lodestone</title><script>${SCRIPT}</script><script type="module" src="/assets/app-1a2b.js"></script>`;

@Controller('/api/planted')
class PlantedController {
  @Public()
  @Get('open')
  open(): string {
    throw new Error(SECRET);
  }

  @Public()
  @Get('forbidden')
  forbidden(): string {
    throw new ForbiddenException(SECRET);
  }

  @Get('guarded')
  guarded(): string {
    return 'for those who are in';
  }

  @Get('things/:id')
  thing(): string {
    return 'one of many';
  }

  @Post('guarded')
  change(): string {
    return 'changed';
  }
}

@Module({ controllers: [PlantedController] })
class PlantedModule {}

let database: TestDatabase;
let serving: Serving;
let editor: Browser;

beforeAll(async () => {
  database = await startDatabase();
  const web = path.join(database.folder, 'web');
  await mkdir(path.join(web, 'assets'), { recursive: true });
  await writeFile(path.join(web, 'index.html'), PAGE);
  await writeFile(path.join(web, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(path.join(web, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(path.join(database.folder, 'outside.txt'), SECRET);
  serving = await Serving.start(database, { modules: [PlantedModule] });
  await serving.addPerson('usa.editor');
  editor = serving.browser();
  await editor.signIn(emailOf('usa.editor'), PASSWORD);
});

afterAll(async () => {
  await serving.stop();
  await database.stop();
});

describe('a problem', () => {
  it('is a problem of RFC 9457, in the language that is asked for, and never stored', async () => {
    const english = await serving.browser().call('/api/nothing');
    const japanese = await serving
      .browser()
      .call('/api/nothing', { headers: { 'Accept-Language': 'ja-JP, en;q=0.5' } });

    expect(await english.json()).toEqual({
      type: problemType('not-found'),
      title: problems['not-found'].title.en,
      ...{ status: 404, code: 'not-found' },
      requestId: english.headers.get(REQUEST_ID_HEADER),
    });
    expect(english.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(english.headers.get('Cache-Control')).toBe('no-store');
    expect(english.headers.get('Vary')).toContain('Accept-Language');
    expect(await japanese.json()).toMatchObject({ title: problems['not-found'].title.ja });
  });

  it.each<[string, ProblemCode, () => Promise<Response>]>([
    ['an unknown path', 'not-found', () => editor.call('/api/nothing')],
    ['an unknown method', 'not-found', () => editor.call(routes.me, { method: 'PUT', body: {} })],
    ['a body that is no JSON', 'request.malformed', () => post('{"email": ')],
    ['a body that is no object', 'request.malformed', () => post('"text"')],
    ['a body of another form', 'request.invalid', () => post('[]')],
    ['no body', 'request.invalid', () => editor.call(routes.session, { method: 'POST' })],
    ['a form', 'request.media-type', () => post('email=a', 'application/x-www-form-urlencoded')],
    ['a text', 'request.media-type', () => post('{}', 'text/plain')],
    ['another alphabet', 'request.media-type', () => post('{}', 'application/json; charset=sjis')],
    ['a body too large', 'request.too-large', () => post(`{"email":"${'a'.repeat(300_000)}"}`)],
    [
      'a path that is no text',
      'request.malformed',
      () => editor.call('/api/planted/things/%E0%A4%A'),
    ],
    ['a mistake of ours', 'internal', () => editor.call('/api/planted/open')],
    ['a refusal of the framework', 'access.denied', () => editor.call('/api/planted/forbidden')],
    [
      'a change that is not known',
      'request.invalid',
      () => editor.call(routes.me, { method: 'PATCH', body: { language: 'en', roles: [] } }),
    ],
    [
      'a language that is not ours',
      'request.invalid',
      () => editor.call(routes.me, { method: 'PATCH', body: { language: 'fr' } }),
    ],
  ])('answers %s with %s', async (_case, code, call) => {
    const response = await call();
    const text = await response.clone().text();

    expect(problemSchema.parse(await response.json()).code).toBe(code);
    expect(response.status).toBe(problems[code].status);
    expect(response.headers.get('Content-Type')).toBe('application/problem+json; charset=utf-8');
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('node_modules');
  });

  it('is the same for what is hidden and for what does not exist', async () => {
    const bodies = await Promise.all(
      ['/api/nothing', '/api/compartments/jpn/nothing'].map(async (place) => {
        const { requestId: _id, ...body } = problemSchema.parse(
          await (await editor.call(place)).json(),
        );
        return body;
      }),
    );

    expect(bodies[0]).toEqual(bodies[1]);
  });

  it('names the request as a proxy did, unless the name could break a line of the log', async () => {
    const idFor = async (given?: string) =>
      (
        await serving.browser().call(routes.live, {
          headers: { ...(given !== undefined && { [REQUEST_ID_HEADER]: given }) },
        })
      ).headers.get(REQUEST_ID_HEADER);

    expect(await idFor('proxy-0123456789')).toBe('proxy-0123456789');
    expect(await idFor('a b')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('x'.repeat(65))).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor()).not.toBe(await idFor());
  });
});

describe('a handler', () => {
  it('is found, and known as public or not', () => {
    const planted = handlersOf(serving.app).filter(({ path: place }) => place.includes('planted'));

    expect(planted.map(({ route, isPublic }) => [route, isPublic])).toEqual([
      ['GET /api/planted/open', true],
      ['GET /api/planted/forbidden', true],
      ['GET /api/planted/guarded', false],
      ['GET /api/planted/things/:id', false],
      ['POST /api/planted/guarded', false],
    ]);
  });

  it('needs a session, and the CSRF token to change something, unless it is public', async () => {
    const stranger = serving.browser();

    expect(await codeOf(stranger.call('/api/planted/guarded'))).toBe('session.required');
    expect((await editor.call('/api/planted/guarded')).status).toBe(200);
    expect((await editor.call('/api/planted/guarded', { method: 'POST' })).status).toBe(201);
    expect(
      await codeOf(
        editor.call('/api/planted/guarded', { method: 'POST', headers: { 'X-CSRF-Token': 'x' } }),
      ),
    ).toBe('csrf.invalid');
  });
});

describe('the headers', () => {
  it('let a page of ours run our scripts and talk to us, and nothing else', async () => {
    const { headers } = await serving.browser().call('/');
    const hash = createHash('sha256').update(SCRIPT).digest('base64');
    const policy = Object.fromEntries(
      (headers.get('Content-Security-Policy') ?? '').split(';').map((directive) => {
        const [name = '', ...sources] = directive.trim().split(' ');
        return [name, sources];
      }),
    );

    expect(policy).toEqual({
      'default-src': ["'self'"],
      'script-src': ["'self'", `'sha256-${hash}'`],
      'script-src-attr': ["'none'"],
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:', 'blob:'],
      'font-src': ["'self'", 'data:'],
      'connect-src': [
        "'self'",
        `ws://localhost:${String(serving.port)}`,
        `ws://127.0.0.1:${String(serving.port)}`,
      ],
      'worker-src': ["'self'", 'blob:'],
      'manifest-src': ["'self'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('X-Frame-Options')).toBe('DENY');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Referrer-Policy')).toBe('same-origin');
    expect(headers.get('Strict-Transport-Security')).toBeNull();
    expect(headers.get('X-Powered-By')).toBeNull();
  });

  it('keep answers of the API out of every cache', async () => {
    for (const place of [routes.me, routes.live, '/api/planted/guarded']) {
      expect((await editor.call(place)).headers.get('Cache-Control')).toBe('no-store');
    }
  });
});

describe('the web client', () => {
  it.each(['/', '/pipeline', '/pipeline/mt-weld/history', '/apiary'])(
    'is the page at %s',
    async (place) => {
      const response = await serving.browser().call(place, { headers: { Accept: 'text/html' } });

      expect(response.status).toBe(200);
      expect(await response.text()).toBe(PAGE);
      expect(response.headers.get('Cache-Control')).toBe('no-cache');
    },
  );

  it('may keep a file with its hash for ever, and asks again for any other', async () => {
    const script = await serving.browser().call('/assets/app-1a2b.js');
    const icon = await serving.browser().call('/favicon.svg');

    expect(script.headers.get('Content-Type')).toMatch(/^text\/javascript/);
    expect(script.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    expect(icon.headers.get('Cache-Control')).toBe('no-cache');
  });

  it('is never the answer for a missing file, a call or a socket', async () => {
    for (const place of ['/assets/gone-9z.js', '/api', '/api/nothing', '/socket.io/', '/metrics']) {
      expect(await codeOf(serving.browser().call(place))).toBe('not-found');
    }
    expect(await codeOf(serving.browser().call('/pipeline', { method: 'POST' }))).toBe('not-found');
  });

  it('ends at its folder', async () => {
    for (const place of ['/../outside.txt', '/..%2foutside.txt', '/assets/..%2f..%2foutside.txt']) {
      expect(await rawGet(place)).not.toContain(SECRET);
    }
  });
});

describe('without a database', () => {
  it('says so, and is still alive', async () => {
    expect((await serving.browser().call(routes.ready)).status).toBe(200);
    await database.owner.destroy();
    await database.postgres.stop();

    const ready = await serving.browser().call(routes.ready);
    const me = await editor.call(routes.me);
    const signIn = await serving.browser().trySignIn(emailOf('usa.editor'), PASSWORD);

    expect(ready.status).toBe(503);
    expect(problemSchema.parse(await ready.json())).toMatchObject({
      code: 'unavailable',
      missing: ['database'],
    });
    for (const response of [me, signIn]) {
      expect(await response.json()).toMatchObject({ code: 'unavailable' });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    }
    expect(await (await editor.call(routes.live)).json()).toEqual({ status: 'live' });
    expect((await serving.browser().call('/')).status).toBe(200);
  });
});

function post(body: string, type = 'application/json'): Promise<Response> {
  return serving
    .browser()
    .call(routes.session, { method: 'POST', body, headers: { 'Content-Type': type } });
}

async function codeOf(response: Promise<Response>): Promise<ProblemCode> {
  return problemSchema.parse(await (await response).json()).code;
}

/** fetch would tidy the path. */
function rawGet(place: string): Promise<string> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: serving.port, path: place }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => {
        resolve(text);
      });
    })
      .on('error', reject)
      .end();
  });
}
