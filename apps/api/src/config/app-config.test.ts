/** The defaults of the contract, and what follows from one setting for another. */
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { AppConfig } from './app-config.ts';

const EXTERNAL = { DATABASE_URL: 'postgres://app@db/lodestone' } as const;

describe('AppConfig', () => {
  it('runs the sample on an embedded database on localhost:3000 by default', () => {
    expect(new AppConfig({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      database: { kind: 'embedded' },
      redisUrl: null,
      dataFolder: path.resolve('.lodestone'),
      loadsSample: true,
      samplePassword: null,
      publicOrigin: null,
    });
  });

  it('starts empty on a database of its own, unless told otherwise', () => {
    expect(new AppConfig(EXTERNAL).loadsSample).toBe(false);
    expect(new AppConfig({ ...EXTERNAL, LODESTONE_SAMPLE: 'on' }).loadsSample).toBe(true);
    expect(new AppConfig({ LODESTONE_SAMPLE: 'off' }).loadsSample).toBe(false);
  });

  it('may migrate an external database only with an owner', () => {
    const ownerUrl = 'postgres://owner@db/lodestone';

    expect(new AppConfig(EXTERNAL).database).toMatchObject({ kind: 'external', ownerUrl: null });
    expect(new AppConfig({ ...EXTERNAL, DATABASE_OWNER_URL: ownerUrl }).database).toEqual({
      kind: 'external',
      url: EXTERNAL.DATABASE_URL,
      ownerUrl,
    });
  });

  it('allows both names of this machine, with the port that was opened', () => {
    expect(new AppConfig({ PORT: 0 }).allowedOrigins(4711)).toEqual([
      'http://localhost:4711',
      'http://127.0.0.1:4711',
    ]);
  });

  it('allows the public origin alone, without its slash, once there is one', () => {
    const config = new AppConfig({ PUBLIC_ORIGIN: 'https://lodestone.example/' });

    expect(config.allowedOrigins(3000)).toEqual(['https://lodestone.example']);
    expect(config.usesTls).toBe(true);
    expect(new AppConfig({}).usesTls).toBe(false);
  });
});
