/** What is kept beside the cluster to find and enter it again: its port and the passwords of its roles. */
import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

import { z } from 'zod';

import { StartRefused } from '../../config/start-refused.ts';

const STATE_FILE = 'embedded-postgres.json';
// Below the ports that Linux gives to outgoing connections, so that none of them takes ours between two starts.
const FIRST_PORT = 20_000;
const LAST_PORT = 32_000;

const State = z.object({
  port: z.number().int(),
  passwords: z.object({
    postgres: z.string(),
    lodestone_owner: z.string(),
    lodestone_app: z.string(),
  }),
});

export type ClusterState = Readonly<z.infer<typeof State>>;

/** Undefined when this folder never had a cluster. */
export async function readState(dataFolder: string): Promise<ClusterState | undefined> {
  const file = path.join(dataFolder, STATE_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw new StartRefused(
      `${file} cannot be read (${String(error)}): run as the user who made it.`,
    );
  });

  if (text === undefined) {
    return undefined;
  }
  try {
    return State.parse(JSON.parse(text));
  } catch {
    throw new StartRefused(`${file} is damaged: restore it from a backup of ${dataFolder}.`);
  }
}

export async function createState(): Promise<ClusterState> {
  const password = () => randomBytes(24).toString('base64url');

  return {
    port: await findFreePort(),
    passwords: { postgres: password(), lodestone_owner: password(), lodestone_app: password() },
  };
}

/** On disk when it returns: without the passwords the cluster could not be entered again. */
export async function writeState(dataFolder: string, state: ClusterState): Promise<void> {
  const file = path.join(dataFolder, STATE_FILE);
  const draft = await open(`${file}.new`, 'w', 0o600);

  try {
    await draft.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.new`, file);
}

/** The same state with a port that nobody listens on: the one it has, if possible. */
export async function withFreePort(state: ClusterState): Promise<ClusterState> {
  return (await isFree(state.port)) ? state : { ...state, port: await findFreePort() };
}

async function findFreePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + (randomBytes(2).readUInt16BE() % (LAST_PORT - FIRST_PORT));

    if (await isFree(port)) {
      return port;
    }
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();

    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
