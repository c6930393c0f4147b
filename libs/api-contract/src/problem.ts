/** What the API says when it does not do what was asked: RFC 9457, with a closed set of codes (AC1 to AC4). */
import * as z from 'zod';

interface ProblemKind {
  readonly status: number;
  readonly title: { readonly en: string; readonly ja: string };
}

/** Every code with its status and its sentence, so that a new code does not compile without them. */
export const problems = {
  'request.malformed': {
    status: 400,
    title: { en: 'The request could not be read.', ja: 'リクエストを読み取れませんでした。' },
  },
  'auth.failed': {
    status: 401,
    title: {
      en: 'The e-mail address or the password is not right.',
      ja: 'メールアドレスまたはパスワードが正しくありません。',
    },
  },
  'auth.second-factor': {
    status: 401,
    title: { en: 'A second factor is needed.', ja: '二要素認証のコードが必要です。' },
  },
  'session.required': {
    status: 401,
    title: { en: 'Please sign in.', ja: 'サインインしてください。' },
  },
  'session.ended': {
    status: 401,
    title: {
      en: 'Your session has ended. Please sign in again.',
      ja: 'セッションが終了しました。もう一度サインインしてください。',
    },
  },
  'access.denied': {
    status: 403,
    title: { en: 'You may not do this.', ja: 'この操作は許可されていません。' },
  },
  'csrf.invalid': {
    status: 403,
    title: {
      en: 'The request did not carry the token of its session.',
      ja: 'リクエストにセッションのトークンが含まれていません。',
    },
  },
  'origin.refused': {
    status: 403,
    title: {
      en: 'Requests from this origin are not accepted.',
      ja: 'このオリジンからのリクエストは受け付けていません。',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'There is nothing here.', ja: '見つかりませんでした。' },
  },
  'request.too-large': {
    status: 413,
    title: { en: 'The request is too large.', ja: 'リクエストが大きすぎます。' },
  },
  'request.media-type': {
    status: 415,
    title: {
      en: 'The request must be JSON in UTF-8.',
      ja: 'リクエストは UTF-8 の JSON でなければなりません。',
    },
  },
  'request.invalid': {
    status: 422,
    title: {
      en: 'The request says something that does not fit.',
      ja: 'リクエストの内容に誤りがあります。',
    },
  },
  'auth.throttled': {
    status: 429,
    title: {
      en: 'There were too many attempts to sign in. Please wait and try again.',
      ja: 'サインインの試行回数が多すぎます。しばらく待ってからもう一度お試しください。',
    },
  },
  'rate.limited': {
    status: 429,
    title: {
      en: 'There were too many requests. Please wait and try again.',
      ja: 'リクエストが多すぎます。しばらく待ってからもう一度お試しください。',
    },
  },
  internal: {
    status: 500,
    title: {
      en: 'Something went wrong here. Nothing was changed.',
      ja: 'サーバーで問題が発生しました。変更は行われていません。',
    },
  },
  unavailable: {
    status: 503,
    title: {
      en: 'The workspace is not available at the moment. Please try again shortly.',
      ja: '現在ご利用いただけません。しばらくしてからもう一度お試しください。',
    },
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

export const problemCodes = Object.keys(problems) as readonly ProblemCode[];

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

export const problemSchema = z.object({
  /** A tag URI (RFC 4151) of the code: a name, not an address. */
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.enum(problemCodes),
  detail: z.string().optional(),
  /** The request's id, to be quoted to who runs the server. */
  requestId: z.string().optional(),
  /** For `request.invalid`: what does not fit, and where. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** For `unavailable`: what is missing. */
  missing: z.array(z.string()).optional(),
});

export type Problem = z.infer<typeof problemSchema>;

export function statusOf(code: ProblemCode): number {
  return problems[code].status;
}

export function problemType(code: ProblemCode): string {
  return `tag:lodestone.example,2026:problem/${code}`;
}
