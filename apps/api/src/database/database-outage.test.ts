/** An outage is what passes by itself; a mistake of ours in asking is not one. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';

import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';
import { describe, expect, it } from 'vitest';

import { isDatabaseOutage } from './database-outage.ts';

describe('isDatabaseOutage', () => {
  it.each(['57P01', '57P03', '53300', '08006', '55P03', '57014', '25006'])(
    'sees one in SQLSTATE %s, also as TypeORM wraps it',
    (code) => {
      expect(isDatabaseOutage(databaseError(code))).toBe(true);
      expect(isDatabaseOutage(new QueryFailedError('SELECT 1', [], databaseError(code)))).toBe(
        true,
      );
      expect(isDatabaseOutage(new Error('later', { cause: databaseError(code) }))).toBe(true);
    },
  );

  it('sees one in a connection that is refused or breaks', async () => {
    const refused = await new Promise((resolve) => connect(1, '127.0.0.1').on('error', resolve));

    expect(isDatabaseOutage(refused)).toBe(true);
    expect(isDatabaseOutage(new AggregateError([refused]))).toBe(true);
    expect(isDatabaseOutage(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isDatabaseOutage(new Error('timeout exceeded when trying to connect'))).toBe(true);
  });

  it.each(['23505', '42P01', '22021', '42501'])('sees none in SQLSTATE %s', (code) => {
    expect(isDatabaseOutage(databaseError(code))).toBe(false);
  });

  it('sees none in what is no matter of the database', async () => {
    const missingFile: unknown = await readFile('/nowhere').catch((error: unknown) => error);

    expect(isDatabaseOutage(missingFile)).toBe(false);
    expect(isDatabaseOutage(new TypeError('x is undefined'))).toBe(false);
    expect(isDatabaseOutage('Connection terminated')).toBe(false);
  });
});

function databaseError(code: string): DatabaseError {
  return Object.assign(new DatabaseError('refused', 0, 'error'), { code });
}
