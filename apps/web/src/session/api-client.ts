/** The HTTP interface as typed calls: an expected "no" is a value, and every answer is parsed before it is believed. */
import {
  auditAnswerSchema,
  CSRF_HEADER,
  meAnswerSchema,
  mePatchAnswerSchema,
  PROBLEM_MEDIA_TYPE,
  problemSchema,
  routes,
  signInAnswerSchema,
  type AuditAnswer,
  type Language,
  type MeAnswer,
  type MePatchAnswer,
  type Problem,
  type SignInAnswer,
  type SignInRequest,
} from '@lodestone/api-contract';

export type Me = MeAnswer;

export type Answer<T> =
  | { readonly outcome: 'answered'; readonly value: T }
  | {
      readonly outcome: 'problem';
      readonly problem: Problem;
      /** From `Retry-After`, where the server said when to come back. */
      readonly retryAfterSeconds?: number;
    }
  /** No answer, or something else answered in the server's place: a proxy, a network's own sign-in page. */
  | { readonly outcome: 'unreachable' };

/** The filters of the history that the screens use. */
interface HistoryQuery {
  readonly compartment: string;
  readonly register: string;
  readonly record: string;
  readonly limit: number;
}

export interface ApiClient {
  me(): Promise<Answer<Me>>;
  signIn(request: SignInRequest): Promise<Answer<SignInAnswer>>;
  signOut(): Promise<Answer<null>>;
  rememberLanguage(language: Language): Promise<Answer<MePatchAnswer>>;
  history(query: HistoryQuery): Promise<Answer<AuditAnswer>>;
}

interface ApiClientOptions {
  readonly fetch: typeof globalThis.fetch;
  /** The token of the present session, for calls that change something. */
  readonly csrfToken: () => string | undefined;
}

interface Call<T> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly parse: (body: unknown) => T | undefined;
}

/** How long a call may take before the server counts as unreachable. */
const patienceMs = 20_000;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const call = <T>(one: Call<T>) => send(options, one);

  return {
    me: () => call({ method: 'GET', path: routes.me, parse: parserOf(meAnswerSchema) }),
    signIn: (body) =>
      call({ method: 'POST', path: routes.session, body, parse: parserOf(signInAnswerSchema) }),
    signOut: () => call({ method: 'DELETE', path: routes.session, parse: () => null }),
    rememberLanguage: (language) =>
      call({
        method: 'PATCH',
        path: routes.me,
        body: { language },
        parse: parserOf(mePatchAnswerSchema),
      }),
    history: (query) => {
      const search = new URLSearchParams({ ...query, limit: String(query.limit) });

      return call({
        method: 'GET',
        path: `${routes.auditEntries}?${search.toString()}`,
        parse: parserOf(auditAnswerSchema),
      });
    },
  };
}

interface Schema<T> {
  safeParse(
    value: unknown,
  ): { readonly success: true; readonly data: T } | { readonly success: false };
}

function parserOf<T>(schema: Schema<T>): (body: unknown) => T | undefined {
  return (body) => {
    const read = schema.safeParse(body);

    return read.success ? read.data : undefined;
  };
}

async function send<T>(options: ApiClientOptions, call: Call<T>): Promise<Answer<T>> {
  try {
    const response = await options.fetch(call.path, requestOf(options, call));
    if (!response.ok) return await problemOf(response);
    const value = call.parse(response.status === 204 ? undefined : await response.json());

    return value === undefined ? { outcome: 'unreachable' } : { outcome: 'answered', value };
  } catch {
    // A network error, a time-out, or a body that is no JSON.
    return { outcome: 'unreachable' };
  }
}

function requestOf(options: ApiClientOptions, call: Call<unknown>): RequestInit {
  const headers = new Headers({ accept: `application/json, ${PROBLEM_MEDIA_TYPE}` });
  const token = options.csrfToken();
  if (call.method !== 'GET' && token !== undefined) headers.set(CSRF_HEADER, token);
  if (call.body !== undefined) headers.set('content-type', 'application/json');

  return {
    method: call.method,
    headers,
    credentials: 'same-origin',
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
  };
}

async function problemOf<T>(response: Response): Promise<Answer<T>> {
  const read = problemSchema.safeParse(await response.json());
  if (!read.success) return { outcome: 'unreachable' };
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);

  return {
    outcome: 'problem',
    problem: read.data,
    ...(Number.isFinite(seconds) && { retryAfterSeconds: seconds }),
  };
}
