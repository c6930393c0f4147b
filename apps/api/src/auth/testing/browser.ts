/** A caller with a cookie jar, as far as our tests need one. */
import { CSRF_HEADER, routes, signInAnswerSchema, type User } from '@lodestone/api-contract';

interface CallOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export class Browser {
  readonly #cookies = new Map<string, string>();
  csrfToken: string | undefined;

  constructor(
    readonly url: string,
    /** Sent with every call, as a browser sends its Origin. */
    private readonly always: Readonly<Record<string, string>> = {},
  ) {}

  get cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  async call(
    path: string,
    { method = 'GET', body, headers = {} }: CallOptions = {},
  ): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies !== '' && { Cookie: this.cookies }),
        ...(this.csrfToken !== undefined && { [CSRF_HEADER]: this.csrfToken }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...this.always,
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });

    this.#keepCookies(response);
    // To its end: the session is written before the last byte of an answer.
    await response.clone().arrayBuffer();

    return response;
  }

  trySignIn(email: string, password: string): Promise<Response> {
    return this.call(routes.session, { method: 'POST', body: { email, password } });
  }

  async signIn(email: string, password: string): Promise<User> {
    const response = await this.trySignIn(email, password);

    if (response.status !== 201) throw new Error(`sign-in answered ${await response.text()}`);
    const { user, csrfToken } = signInAnswerSchema.parse(await response.json());

    this.csrfToken = csrfToken;

    return user;
  }

  #keepCookies(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];

      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }
}
