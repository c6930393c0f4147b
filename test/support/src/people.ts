/** Signs sample accounts in over HTTP, as a browser would. */
import { samplePassword } from './api.ts';

export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly party: string;
  readonly cookie: string;
  readonly csrfToken: string;
}

/** @param account the part of the e-mail address before the @, for example `usa.editor`. */
export async function signIn(origin: string, account: string): Promise<SignedIn> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: `${account}@lodestone.example`, password: samplePassword }),
  });
  if (response.status !== 201) {
    throw new Error(
      `${account} could not sign in: ${String(response.status)} ${await response.text()}`,
    );
  }
  const { user, csrfToken } = (await response.json()) as {
    user: { id: string; name: string; party: string };
    csrfToken: string;
  };
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

  return { ...user, csrfToken, cookie };
}

export async function signOut(origin: string, { cookie, csrfToken }: SignedIn): Promise<void> {
  const response = await fetch(`${origin}/api/session`, {
    method: 'DELETE',
    headers: { cookie, origin, 'x-csrf-token': csrfToken },
  });
  if (response.status !== 204) throw new Error(`sign-out answered ${String(response.status)}`);
}

/** GET as this person; the answer's status and JSON. */
export async function getJson(
  origin: string,
  { cookie }: SignedIn,
  path: string,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${origin}${path}`, { headers: { cookie } });

  return { status: response.status, body: await response.json() };
}
