/** Which servers are fit to keep what people are told is saved. */
import { describe, expect, it } from 'vitest';

import { findFault, formatPlace, type ServerSettings } from './check-server.ts';

const GOOD: ServerSettings = {
  version: '15.0',
  number: 150_000,
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
};

describe('findFault', () => {
  it('finds none in the oldest release we support, nor in one that waits for its replicas', () => {
    expect(findFault(GOOD)).toBeUndefined();
    expect(findFault({ ...GOOD, synchronous_commit: 'remote_apply' })).toBeUndefined();
  });

  it('names the release that is too old', () => {
    expect(findFault({ ...GOOD, version: '14.13', number: 140_013 })).toMatch(
      /PostgreSQL 14\.13.*15 or newer/,
    );
  });

  it.each(['fsync', 'full_page_writes', 'synchronous_commit'] as const)(
    'names %s when it is off',
    (name) => {
      expect(findFault({ ...GOOD, [name]: 'off' })).toMatch(
        new RegExp(`^its setting ${name} is off`),
      );
    },
  );
});

describe('formatPlace', () => {
  it('tells host, port and database, and no secret', () => {
    expect(formatPlace('postgres://app:secret@db:5433/lodestone?sslkey=secret')).toBe(
      'db:5433/lodestone',
    );
  });
});
