/** What the environment may say, and the one line that answers a mistake in it. */
import { describe, expect, it } from 'vitest';

import { readEnv } from './env.ts';

describe('readEnv', () => {
  it('accepts an environment without any of our variables', () => {
    expect(readEnv({ PATH: '/bin', HOME: '/root' })).toEqual({});
  });

  it('reads every variable', () => {
    const env = readEnv({
      PORT: '0',
      HOST: '::1',
      DATABASE_URL: 'postgres://app:p%40ss@db.example:5432/lodestone?sslmode=require',
      DATABASE_OWNER_URL: 'postgresql://owner@db.example/lodestone',
      REDIS_URL: 'rediss://cache.example:6379',
      LODESTONE_DATA: '/srv/lode stone',
      LODESTONE_SAMPLE: 'off',
      LODESTONE_SAMPLE_PASSWORD: '磁石 and steel',
      PUBLIC_ORIGIN: 'https://lodestone.example',
    });

    expect(env).toMatchObject({
      PORT: 0,
      HOST: '::1',
      LODESTONE_DATA: '/srv/lode stone',
      LODESTONE_SAMPLE: 'off',
      LODESTONE_SAMPLE_PASSWORD: '磁石 and steel',
    });
    expect(Object.keys(env)).toHaveLength(9);
  });

  it('takes an empty value for an unset one, as compose files write it', () => {
    expect(readEnv({ PORT: '', DATABASE_URL: '', LODESTONE_SAMPLE: '', LODESTONE_X: '' })).toEqual(
      {},
    );
  });

  it.each([
    ['PORT', '70000', /from 0 to 65535/],
    ['PORT', '3000x', /from 0 to 65535/],
    ['PORT', '-1', /from 0 to 65535/],
    ['HOST', 'http://localhost', /host name/],
    ['DATABASE_URL', 'mysql://secret@db/lodestone', /PostgreSQL address/],
    ['DATABASE_URL', 'secret', /PostgreSQL address/],
    ['DATABASE_OWNER_URL', 'localhost:5432', /PostgreSQL address/],
    ['REDIS_URL', 'http://secret', /Redis address/],
    ['LODESTONE_DATA', 'a\nb', /path/],
    ['LODESTONE_SAMPLE', 'yes', /on or off/],
    ['LODESTONE_SAMPLE_PASSWORD', 'secret\n', /on one line/],
    ['PUBLIC_ORIGIN', 'https://lodestone.example/app', /origin/],
    ['PUBLIC_ORIGIN', 'lodestone.example', /origin/],
  ])('refuses %s=%j with one line that names it and what it accepts', (name, value, accepted) => {
    const message = refusal({ [name]: value });

    expect(message).toMatch(new RegExp(`^${name} must be [^\n]*\\.$`));
    expect(message).toMatch(accepted);
    expect(message).not.toContain('secret');
  });

  it('refuses a LODESTONE_ variable it does not know, and lists those it knows', () => {
    expect(refusal({ LODESTONE_SAMPEL: 'on' })).toBe(
      'LODESTONE_SAMPEL is not a setting of Lodestone: ' +
        'LODESTONE_DATA, LODESTONE_SAMPLE, LODESTONE_SAMPLE_PASSWORD are.',
    );
  });

  it('refuses an owner without a database', () => {
    expect(refusal({ DATABASE_OWNER_URL: 'postgres://owner@db/lodestone' })).toMatch(
      /^DATABASE_OWNER_URL must be set together with DATABASE_URL/,
    );
  });
});

function refusal(source: Record<string, string>): string {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof Error && error.name === 'StartRefused') {
      return error.message;
    }
    throw error;
  }

  return 'accepted';
}
