/** The application as a whole: that none of its handlers is open by mistake, today's or tomorrow's. */
import { type ProblemCode, problemSchema, routes } from '@lodestone/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AppModule } from './app.module.ts';
import {
  emailOf,
  PASSWORD,
  Serving,
  startDatabase,
  type TestDatabase,
} from './auth/testing/serving.ts';
import { type Handler, handlersOf } from './http/testing/handlers-of.ts';

/** What anybody may call. Whoever adds to it says why. */
const PUBLIC_ROUTES = [`GET ${routes.live}`, `GET ${routes.ready}`, `POST ${routes.session}`];

let database: TestDatabase;
let serving: Serving;
let handlers: readonly Handler[];

beforeAll(async () => {
  database = await startDatabase();
  serving = await Serving.start(database, { application: (config) => AppModule.with(config) });
  handlers = handlersOf(serving.app);
});

afterAll(async () => {
  await serving.stop();
  await database.stop();
});

describe('every handler of the application', () => {
  it('is open to anybody only where the list says so', () => {
    const open = handlers.filter(({ isPublic }) => isPublic);

    expect(open.map(({ route }) => route).toSorted()).toEqual(PUBLIC_ROUTES.toSorted());
    expect(handlers.map(({ path }) => path)).toEqual(expect.arrayContaining(Object.values(routes)));
  });

  it('asks for a session everywhere else, before it looks at anything', async () => {
    const guarded = handlers.filter(({ isPublic }) => !isPublic);
    const stranger = serving.browser();

    const codes = await Promise.all(
      guarded.map(({ method, path }) => codeOf(stranger.call(path, { method }))),
    );

    expect(codes).toEqual(guarded.map(() => 'session.required'));
  });

  it('changes nothing for another site, nor without the CSRF token', async () => {
    await serving.addPerson('usa.editor');
    const editor = serving.browser();
    await editor.signIn(emailOf('usa.editor'), PASSWORD);
    const changing = handlers.filter(({ method }) => method !== 'GET');

    const foreign = await Promise.all(
      changing.map(({ method, path }) =>
        codeOf(editor.call(path, { method, headers: { Origin: 'https://evil.example' } })),
      ),
    );
    const tokenless = await Promise.all(
      changing
        .filter(({ isPublic }) => !isPublic)
        .map(({ method, path }) =>
          codeOf(editor.call(path, { method, headers: { 'X-CSRF-Token': '' } })),
        ),
    );

    expect(new Set(foreign)).toEqual(new Set(['origin.refused']));
    expect(new Set(tokenless)).toEqual(new Set(['csrf.invalid']));
  });
});

async function codeOf(response: Promise<Response>): Promise<ProblemCode> {
  return problemSchema.parse(await (await response).json()).code;
}
