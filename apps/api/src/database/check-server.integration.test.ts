/** The check of the server against a real one: the settings of the role that serves count. */
import { createServer } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkServer } from './check-server.ts';
import { createTestDatabase, type TestDatabase } from './testing/test-database.ts';
import { withClient } from './with-client.ts';

const quiet = (): void => undefined;
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase({ isEmpty: true });
});

afterAll(async () => {
  await database.drop();
});

describe('checkServer', () => {
  it('accepts a durable server', async () => {
    await expect(checkServer(database.databaseUrl, quiet)).resolves.toBeUndefined();
  });

  it('refuses a role that does not wait for its commits, and names the setting', async () => {
    const name = new URL(database.databaseUrl).pathname.slice(1);

    await withClient(database.superuserUrl, (client) =>
      client.query(`ALTER ROLE lodestone_app IN DATABASE ${name} SET synchronous_commit = off`),
    );

    await expect(checkServer(database.databaseUrl, quiet)).rejects.toMatchObject({
      name: 'StartRefused',
      message: expect.stringMatching(/^The database at 127.*synchronous_commit is off/) as string,
    });
  });

  it('refuses a wrong password at once, without repeating it', async () => {
    const url = new URL(database.databaseUrl);

    url.password = 'secret';
    await expect(checkServer(url.href, quiet)).rejects.toThrow(/does not let us in: password/);
    await expect(checkServer(url.href, quiet)).rejects.not.toThrow(/secret/);
  });

  it('waits for a server that is not there yet, says so once, and gives up in the end', async () => {
    const said: string[] = [];
    const url = `postgres://app@127.0.0.1:${String(await findClosedPort())}/lodestone`;

    await expect(checkServer(url, (line) => said.push(line), 700)).rejects.toThrow(/ECONNREFUSED/);
    expect(said).toEqual([expect.stringMatching(/^Waiting for the database at 127/)]);
  });
});

async function findClosedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();

    server.listen(0, '127.0.0.1', () => {
      const address = server.address();

      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no port'));
      });
    });
  });
}
