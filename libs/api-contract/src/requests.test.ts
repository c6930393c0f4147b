/** The rules of what is asked. */
import { describe, expect, it } from 'vitest';

import { auditQuerySchema } from './audit-entries.ts';
import { mePatchSchema } from './me.ts';
import { plainText } from './plain-text.ts';
import { recordsPath } from './routes.ts';
import { signInRequestSchema } from './session.ts';

describe('a sign-in request', () => {
  it.each(['usa.editor@lodestone.example', 'not an address', '編集者', ' padded@example.org '])(
    '[AC5] is read whatever the form of its address: %s',
    (email) => {
      const request = signInRequestSchema.parse({ email, password: 'x' });

      expect(request.email).toBe(email.trim());
    },
  );

  it.each([
    [{ email: 'a', password: '' }],
    [{ email: '  ', password: 'x' }],
    [{ email: 'a'.repeat(255), password: 'x' }],
    [{ email: 'a', password: 'x'.repeat(1025) }],
    [{ email: { $ne: '' }, password: 'x' }],
    [{ email: 'a' }],
  ])('[AC5] is refused for what is missing or too much: %j', (request) => {
    expect(signInRequestSchema.safeParse(request).success).toBe(false);
  });
});

describe('text', () => {
  it('[AC6] holds no U+0000 and no more than it may', () => {
    expect(plainText(3).safeParse('abc').success).toBe(true);
    expect(plainText(3).safeParse('abcd').success).toBe(false);
    expect(plainText(3).safeParse('a\u0000').success).toBe(false);
  });
});

describe('a filter of the history', () => {
  it('[AC7] is read from the strings of a query, and bounded', () => {
    expect(auditQuerySchema.parse({ compartment: 'public', limit: '20' })).toEqual({
      compartment: 'public',
      limit: 20,
    });
    expect(auditQuerySchema.parse({})).toEqual({ limit: 50 });
  });

  it.each([
    [{ compartement: 'public' }],
    [{ limit: '0' }],
    [{ limit: '501' }],
    [{ limit: '1.5' }],
    [{ party: 'usa' }],
    [{ from: 'yesterday' }],
    [{ actor: ['a', 'b'] }],
  ])('[AC7] is refused when it is not known or does not fit: %j', (query) => {
    expect(auditQuerySchema.safeParse(query).success).toBe(false);
  });
});

describe('a change of oneself', () => {
  it('[AC7] is of the language, and of nothing else', () => {
    expect(mePatchSchema.safeParse({ language: 'ja' }).success).toBe(true);
    expect(mePatchSchema.safeParse({ language: 'ja', roles: ['auditor'] }).success).toBe(false);
    expect(mePatchSchema.safeParse({}).success).toBe(false);
  });
});

describe('recordsPath', () => {
  it('[AC8] keeps an id inside its segment', () => {
    expect(recordsPath('public', 'project')).toBe('/api/compartments/public/records/project');
    expect(recordsPath('../audit', 'a b?c#d')).toBe(
      '/api/compartments/..%2Faudit/records/a%20b%3Fc%23d',
    );
    expect(recordsPath('$&', "$'")).toBe("/api/compartments/%24%26/records/%24'");
  });
});
