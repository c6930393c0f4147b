/** The product started and ended as its operator does: twice, killed, with its mistakes, and on a database of its own. */
import { readdir, readFile } from 'node:fs/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';

import {
  createDataFolder,
  type DataFolder,
  runProgram,
  type Api,
  startApi,
  startPostgres,
  ceiling,
} from '@lodestone/test-support';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SECOND_START_MS = 5000;

let data: DataFolder;
let running: Api[] = [];

beforeEach(async () => {
  data = await createDataFolder();
});

afterEach(async () => {
  await Promise.all(running.map((api) => api.stop()));
  running = [];
  await data.remove();
});

describe('the product', () => {
  it('starts again in under five seconds, with the data it had', async () => {
    const first = await start();
    const entities = await readdir(data.path);

    expect(first.output()).toContain('usa.editor');
    expect(entities).toContain('postgres');
    expect(await first.stop()).toBe(0);
    expect(await findProcesses(data.path)).toEqual([]);

    const begun = performance.now();
    const second = await start(first.port);

    expect(performance.now() - begun).toBeLessThan(ceiling(SECOND_START_MS));
    expect(second.output()).not.toContain('Migrated');
    expect(second.origin).toBe(first.origin);
  });

  it('ends soon, although somebody has connected and says nothing', async () => {
    const api = await start();
    const silent = connect(api.port, '127.0.0.1');
    await once(silent, 'connect');
    const begun = performance.now();

    expect(await api.stop()).toBe(0);
    expect(performance.now() - begun).toBeLessThan(ceiling(10_000));
    silent.destroy();
  });

  it('starts again after kill -9, and ends what the killed one left', async () => {
    const first = await start();

    await first.kill9();
    expect(await findProcesses(data.path)).not.toEqual([]);
    const second = await start(first.port);

    expect(await second.stop()).toBe(0);
    expect(await findProcesses(data.path)).toEqual([]);
  });

  it('refuses a second start on the same data with one line', async () => {
    await start();

    await expect(refusal({ LODESTONE_DATA: data.path, PORT: '0' })).resolves.toMatch(
      /^.* is in use by process \d+: .*\n$/,
    );
  });

  it('refuses a bad setting with one line that names it', async () => {
    expect(await refusal({ LODESTONE_SAMPLE: 'maybe' })).toBe(
      'LODESTONE_SAMPLE must be on or off.\n',
    );
    expect(await refusal({ LODESTONE_SAMPEL: 'on' })).toMatch(/^LODESTONE_SAMPEL is not .*\n$/);
    expect(await refusal({ PORT: 'http' })).toMatch(/^PORT must be a whole number .*\n$/);
  });
});

describe('the product on a PostgreSQL of its operator', () => {
  it('migrates with an owner, prints the command without one, and then starts without one', async () => {
    const postgres = await startPostgres();

    try {
      const { databaseUrl, ownerUrl } = await postgres.createDatabase();
      const outdated = await refusal({ DATABASE_URL: databaseUrl, LODESTONE_DATA: data.path });
      const owned = await start(0, { DATABASE_URL: databaseUrl, DATABASE_OWNER_URL: ownerUrl });

      expect(outdated).toMatch(/^The database lacks .* npm run db -- up\n$/);
      expect(owned.output()).toContain('Migrated');
      expect(await owned.stop()).toBe(0);
      expect((await start(0, { DATABASE_URL: databaseUrl })).output()).not.toContain('Migrated');
    } finally {
      await Promise.all(running.map((api) => api.stop()));
      await postgres.stop();
    }
  });
});

async function start(port = 0, environment: Readonly<Record<string, string>> = {}) {
  const api = await startApi({ dataFolder: data.path, port, environment });

  running.push(api);
  return api;
}

/** Everything that a start says which does not succeed. */
async function refusal(environment: Readonly<Record<string, string>>): Promise<string> {
  const program = runProgram('infra/run/start.mjs', ['--no-build'], environment);

  await expect(program.says(/Lodestone is ready/)).rejects.toThrow(/ended with 1/);
  return program.output();
}

/** The processes that work in the folder or below it. */
async function findProcesses(folder: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const commands = await Promise.all(
    pids.map((pid) => readFile(path.join('/proc', pid, 'cmdline'), 'utf8').catch(() => '')),
  );

  return commands.filter((command) => command.includes(folder));
}
