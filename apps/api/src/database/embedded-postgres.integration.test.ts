/** The embedded PostgreSQL as it is lived with: started twice, killed, run as root and as others, in folders that only root may enter. */
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { type Account, isRoot, parseAccount } from './embedded/account.ts';
import {
  type Clone,
  createClone,
  runPostgres,
  type RunningPostgres,
  startProgram,
} from './testing/embedded-postgres-clone.ts';

const UNTIL_READY = { timeout: 10_000, interval: 20 };
const NOTE = '重希土類 stays';

let root: string;
let shared: Clone;
let running: RunningPostgres[];

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'lodestone-postgres-'));
  await chmod(root, 0o755);
  shared = await createClone(path.join(root, 'clone'), path.join(root, 'system'));
  running = [];
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
});

afterAll(async () => {
  const left = await findServers(root);

  left.forEach(({ pid }) => process.kill(pid, 'SIGQUIT'));
  await rm(root, { recursive: true, force: true, maxRetries: 10 });
  expect(left).toEqual([]);
});

describe('embedded PostgreSQL', () => {
  it('keeps its data from one start to the next, and leaves nothing running', async () => {
    const clone = withDataFolder('kept');
    const first = await start(clone);

    await writeNote(first);
    expect(await first.stop()).toBe(0);
    expect(await findServers(clone.dataFolder)).toEqual([]);

    const begun = performance.now();
    const second = await start(clone);

    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(await readNote(second)).toBe(NOTE);
    expect(second.databaseUrl).toBe(first.databaseUrl);
  });

  it('has settings that lose nothing, and roles that may do nothing ungranted', async () => {
    const postgres = await start(withDataFolder('settings'));
    const settings = await ask(
      postgres.databaseUrl,
      `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
              current_setting('synchronous_commit') AS waits, current_setting('data_checksums') AS sums,
              current_setting('listen_addresses') AS address, lower('ÉCLAIR') AS lower`,
    );

    await writeNote(postgres);
    expect(settings).toEqual({
      ...{ fsync: 'on', pages: 'on', waits: 'on', sums: 'on' },
      ...{ address: '127.0.0.1', lower: 'éclair' },
    });
    await expect(ask(postgres.databaseUrl, 'CREATE TABLE mine (id int)')).rejects.toThrow(/denied/);
    await expect(ask(postgres.databaseUrl, 'SELECT * FROM note')).rejects.toThrow(/denied/);
    await expect(ask(postgres.ownerUrl, 'CREATE ROLE other')).rejects.toThrow(/denied/);
  });

  it('refuses a second start on the same folder, with a line that names the first', async () => {
    const clone = withDataFolder('twice');
    const first = await start(clone);

    await expect(start(clone)).rejects.toThrow(
      `${clone.dataFolder} is in use by process ${String(first.child.pid)}`,
    );
    await writeNote(first);
  });

  it('adopts the server of a start that was killed, and ends it as its own', async () => {
    const clone = withDataFolder('adopted');
    const first = await start(clone);
    const [orphan] = await findServers(clone.dataFolder);

    await writeNote(first);
    await first.kill();
    const second = await start(clone);

    expect(await findServers(clone.dataFolder)).toEqual([orphan]);
    expect(await readNote(second)).toBe(NOTE);
    expect(await second.stop()).toBe(0);
    expect(await findServers(clone.dataFolder)).toEqual([]);
  });

  it('starts after both were killed, whatever process now has the noted number', async () => {
    const clone = withDataFolder('stale');
    const first = await start(clone);
    const [server] = await findServers(clone.dataFolder);
    const pidFile = path.join(clone.dataFolder, 'postgres', 'postmaster.pid');

    await writeNote(first);
    await first.kill();
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await vi.waitFor(async () => {
      expect(await findServers(clone.dataFolder)).toEqual([]);
    }, UNTIL_READY);
    const noted = await readFile(pidFile, 'utf8');
    await writeFile(pidFile, noted.replace(/^\d+/, String(process.pid)));

    expect(await readNote(await start(clone))).toBe(NOTE);
  });

  it('starts its server again when that is killed, at the same address', async () => {
    const clone = withDataFolder('restarted');
    const postgres = await start(clone);

    await writeNote(postgres);
    for (const round of [1, 2]) {
      const [server] = await findServers(clone.dataFolder);

      process.kill(server?.pid ?? 0, 'SIGKILL');
      await vi.waitFor(async () => {
        expect(await findServers(clone.dataFolder)).not.toContainEqual(server);
        expect(await readNote(postgres)).toBe(NOTE);
      }, UNTIL_READY);
      await vi.waitFor(() => {
        expect(postgres.messages().match(/is ready again/g)).toHaveLength(round);
      }, UNTIL_READY);
    }
    expect(await postgres.stop()).toBe(0);
    expect(await findServers(clone.dataFolder)).toEqual([]);
  });

  it('is not harmed by a first start that was killed half-way', async () => {
    const clone = withDataFolder('interrupted');
    const killed = startProgram(clone);

    await vi.waitFor(async () => {
      expect((await readdir(clone.dataFolder)).join()).toContain('postgres.new-');
    }, UNTIL_READY);
    killed.kill('SIGKILL');
    await writeNote(await start(clone));

    expect((await readdir(clone.dataFolder)).toSorted()).toEqual([
      'embedded-postgres.json',
      'lodestone.pid',
      'postgres',
      'postgres.log',
    ]);
  });

  it('says what is missing when the passwords of a database are gone', async () => {
    const clone = withDataFolder('forgotten');

    await (await start(clone)).stop();
    await rm(path.join(clone.dataFolder, 'embedded-postgres.json'));

    await expect(start(clone)).rejects.toThrow(/StartRefused: .*embedded-postgres\.json.*restore/);
  });
});

describe.runIf(isRoot())('embedded PostgreSQL of root', () => {
  it('runs for an ordinary user as that user', async () => {
    const nobody = await findNobody();
    const clone = withDataFolder('nobody/.lodestone');

    await mkdir(path.dirname(clone.dataFolder));
    await chown(path.dirname(clone.dataFolder), nobody.uid, nobody.gid);
    const first = await start(clone, nobody);
    await writeNote(first);
    const [server] = await findServers(clone.dataFolder);
    await first.stop();
    const second = await start(clone, nobody);

    expect(server?.uid).toBe(nobody.uid);
    expect(await readNote(second)).toBe(NOTE);
  });

  it('tells an ordinary user whose folder it is that root has started in', async () => {
    const nobody = await findNobody();
    const clone = withDataFolder('mixed/.lodestone');

    await mkdir(path.dirname(clone.dataFolder));
    await (await start(clone)).stop();
    await chown(clone.dataFolder, nobody.uid, nobody.gid);

    await expect(start(clone, nobody)).rejects.toThrow(/StartRefused: .*belongs to another user/);
  });

  it('works in a clone that only root may enter, even without its install scripts', async () => {
    const home = path.join(root, 'home');
    const clone = await createClone(path.join(home, 'clone'), path.join(root, 'home-system'));

    await chmod(home, 0o700);
    const first = await start(clone);
    await writeNote(first);
    const [server] = await findServers(clone.systemFolder);
    await first.stop();
    const second = await start(clone);

    expect(server?.uid).toBeGreaterThan(0);
    expect(await readNote(second)).toBe(NOTE);
    expect((await lstat(home)).mode & 0o777).toBe(0o700);
    expect(await realpath(path.join(clone.dataFolder, 'postgres'))).toContain(clone.systemFolder);
  });

  it('starts empty where such a clone was deleted, and keeps the old database aside', async () => {
    const home = path.join(root, 'deleted');
    const clone = { ...shared, dataFolder: path.join(home, '.lodestone') };

    await mkdir(home, { mode: 0o700 });
    const first = await start(clone);
    await writeNote(first);
    await first.kill();
    await rm(clone.dataFolder, { recursive: true });
    const second = await start(clone);

    await expect(readNote(second)).rejects.toThrow(/does not exist/);
    expect((await readdir(clone.systemFolder)).join()).toContain('.abandoned-');
    expect(await findServers(clone.systemFolder)).toHaveLength(1);
  });
});

function withDataFolder(name: string): Clone {
  return { ...shared, dataFolder: path.join(root, name) };
}

async function start(clone: Clone, account?: Account): Promise<RunningPostgres> {
  const postgres = await runPostgres(clone, account);

  running.push(postgres);
  return postgres;
}

async function writeNote(postgres: RunningPostgres): Promise<void> {
  await ask(postgres.ownerUrl, `CREATE TABLE note AS SELECT '${NOTE}' AS text`);
}

async function readNote(postgres: RunningPostgres): Promise<unknown> {
  return (await ask(postgres.ownerUrl, 'SELECT text FROM note'))?.text;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown> | undefined> {
  const client = new Client({ connectionString: url });

  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** The servers (not their workers) whose cluster lies below `folder`, with the user they run as. */
async function findServers(folder: string): Promise<{ pid: number; uid: number }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const workingFolder = await readlink(`/proc/${String(pid)}/cwd`).catch(() => '');
      const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');

      return workingFolder.startsWith(`${folder}/`) && command.includes('postgres\0-D')
        ? [{ pid, uid: (await stat(`/proc/${String(pid)}`)).uid }]
        : [];
    }),
  );

  return found.flat();
}

async function findNobody(): Promise<Account> {
  const account = parseAccount(await readFile('/etc/passwd', 'utf8'), ['nobody']);

  return account ?? { uid: 65_534, gid: 65_534 };
}
