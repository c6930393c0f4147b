/** Where a person goes after signing in: where he was going, and never to another site. */
import { describe, expect, it } from 'vitest';
import { destinationOf, signInPathFor } from './destination.ts';

describe('destinationOf', () => {
  it.each(['/registers/project', '/registers/project/r-1', '/registers/source?x=1#y'])(
    'leads back to %s',
    (path) => {
      const { search } = new URL(signInPathFor(path), 'https://lodestone.example');

      expect(destinationOf(search)).toBe(path);
    },
  );

  it('begins at home where nothing was wanted', () => {
    expect(signInPathFor('/')).toBe('/sign-in');
    expect(destinationOf('')).toBe('/');
  });

  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/sign-in?to=/sign-in',
  ])('does not follow %s', (wanted) => {
    expect(destinationOf(`?to=${encodeURIComponent(wanted)}`)).toBe('/');
  });
});
