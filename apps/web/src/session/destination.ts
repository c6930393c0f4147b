/** Where a person was going when he was asked to sign in. */
const parameter = 'to';

export const signInPath = '/sign-in';

/** The address of the sign-in page that leads back to `path`. */
export function signInPathFor(path: string): string {
  return path === '/' ? signInPath : `${signInPath}?${parameter}=${encodeURIComponent(path)}`;
}

/** Only a path of this site is followed: another one could lead a person who has just signed in to a copy of the page. */
export function destinationOf(search: string): string {
  const wanted = new URLSearchParams(search).get(parameter) ?? '/';
  const base = 'https://here.invalid';
  if (!wanted.startsWith('/') || !URL.canParse(wanted, base)) return '/';
  const url = new URL(wanted, base);
  if (url.origin !== base || url.pathname === signInPath) return '/';

  return `${url.pathname}${url.search}${url.hash}`;
}
