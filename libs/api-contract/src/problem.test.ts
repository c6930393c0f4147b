/** The rules of problems. */
import { describe, expect, it } from 'vitest';

import { problemCodes, problems, problemSchema, problemType, statusOf } from './problem.ts';

/** What programs that are not ours already rely on: it may grow, and nothing in it may change. */
const PUBLISHED = {
  'auth.failed': 401,
  'auth.second-factor': 401,
  'auth.throttled': 429,
  'session.ended': 401,
  'access.denied': 403,
  'rate.limited': 429,
  unavailable: 503,
} as const;

describe('problems', () => {
  it('[AC1] have one status for each code, an error of the caller or of ours', () => {
    for (const code of problemCodes) {
      expect(statusOf(code)).toBe(problems[code].status);
      expect(statusOf(code)).toBeGreaterThanOrEqual(400);
      expect(statusOf(code)).toBeLessThan(600);
    }
  });

  it('[AC1] keep what has been published', () => {
    expect(problems).toMatchObject(
      Object.fromEntries(Object.entries(PUBLISHED).map(([code, status]) => [code, { status }])),
    );
  });

  it('[AC2] are told in a whole sentence of each language', () => {
    for (const { title } of Object.values(problems)) {
      expect(title.en).toMatch(/^[A-Z].*\.$/);
      expect(title.ja).toMatch(/^[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}].*。$/u);
    }
  });

  it('[AC3] have a type of their own, which is a name', () => {
    const types = problemCodes.map(problemType);

    expect(new Set(types).size).toBe(problemCodes.length);
    for (const type of types) expect(type).toMatch(/^tag:[a-z.]+,\d{4}:problem\/[a-z.-]+$/);
  });

  it('[AC4] are read with members that are not known yet, but with no unknown code', () => {
    const problem = {
      type: 'tag:x',
      title: 'No.',
      status: 403,
      code: 'access.denied',
      later: true,
    };

    expect(problemSchema.parse(problem).code).toBe('access.denied');
    expect(problemSchema.safeParse({ ...problem, code: 'access.maybe' }).success).toBe(false);
  });
});
