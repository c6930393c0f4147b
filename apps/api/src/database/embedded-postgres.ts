/** A real PostgreSQL of our own in the data folder, for a machine that has none: made at the first start, kept running, ended in order. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { StartRefused } from '../config/start-refused.ts';
import { findBinaries, placeBinaries, type PostgresBinaries } from './embedded/binaries.ts';
import { createCluster, SUPERUSER } from './embedded/cluster.ts';
import { type ClusterPlace, findPlace, linkPlace, preparePlace } from './embedded/cluster-place.ts';
import {
  type ClusterState,
  createState,
  readState,
  withFreePort,
  writeState,
} from './embedded/cluster-state.ts';
import { lockDataFolder } from './embedded/data-folder-lock.ts';
import { setUpDatabase, toUrl } from './embedded/database-setup.ts';
import { findPostmaster } from './embedded/postmaster.ts';
import { PostgresEnded, PostmasterSupervisor } from './embedded/supervisor.ts';
import { APP_ROLE, OWNER_ROLE } from './roles.ts';

const SYSTEM_FOLDER = '/var/lib/lodestone';
const START_ATTEMPTS = 7;
const FIRST_PAUSE_MS = 100;
// Root's data folder must let PostgreSQL's account through to its own folder; what is in it is not listed.
const DATA_FOLDER_MODE = 0o711;
const WRONG_PASSWORD = '28P01';

export interface EmbeddedPostgresOptions {
  /** Absolute; made if it is not there. */
  readonly dataFolder: string;
  readonly log: (line: string) => void;
  /** Used only by root, for what PostgreSQL's account cannot reach otherwise. */
  readonly systemFolder?: string;
}

export interface EmbeddedPostgres {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

interface Cluster {
  readonly binaries: PostgresBinaries;
  readonly place: ClusterPlace;
  readonly state: ClusterState;
}

/** Resolves when the database accepts connections and its roles are there. A second start on the same folder is refused. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  try {
    return await startLocked(options);
  } catch (error) {
    throw explain(error, options.dataFolder);
  }
}

async function startLocked(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataFolder, { recursive: true, mode: DATA_FOLDER_MODE });

  const lock = await lockDataFolder(options.dataFolder);

  try {
    const { state, supervisor } = await startServer(options, await openCluster(options));

    return {
      databaseUrl: toUrl(state, APP_ROLE),
      ownerUrl: toUrl(state, OWNER_ROLE),
      stop: async () => {
        await supervisor.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openCluster(options: EmbeddedPostgresOptions): Promise<Cluster> {
  const { dataFolder, log, systemFolder = SYSTEM_FOLDER } = options;
  const place = await findPlace(dataFolder, systemFolder);
  const { account, folder } = place;
  const found = await findBinaries();
  const binaries = account === null ? found : await placeBinaries(found, account, systemFolder);
  const state = await openState(dataFolder, place);

  if (!place.exists) {
    log('Preparing the embedded PostgreSQL ...');
    await preparePlace(place);
    await createCluster({ binaries, folder, account, password: state.passwords.postgres });
    await linkPlace(place);
  }
  return { binaries, place, state };
}

async function openState(dataFolder: string, place: ClusterPlace): Promise<ClusterState> {
  const known = await readState(dataFolder);

  if (known !== undefined) {
    return known;
  }
  if (place.exists) {
    throw new StartRefused(
      `${dataFolder} has a database but not embedded-postgres.json, which holds its passwords: restore that file, or delete ${place.folder} to start with an empty database.`,
    );
  }
  const state = await createState();

  await writeState(dataFolder, state);
  return state;
}

// Backends of a killed server hold its memory for a moment, and somebody else may take the port: both pass with another attempt.
async function startServer(options: EmbeddedPostgresOptions, cluster: Cluster) {
  for (let attempt = 1; ; attempt += 1) {
    const state = await claimPort(options.dataFolder, cluster);

    try {
      return { state, supervisor: await startOnce(options, { ...cluster, state }) };
    } catch (error) {
      if (!(error instanceof PostgresEnded) || attempt === START_ATTEMPTS) {
        throw error;
      }
      await delay(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

async function startOnce(options: EmbeddedPostgresOptions, { binaries, place, state }: Cluster) {
  const supervisor = await PostmasterSupervisor.start({
    binaries,
    clusterFolder: place.folder,
    account: place.account,
    port: state.port,
    logFile: path.join(options.dataFolder, 'postgres.log'),
    url: toUrl(state, SUPERUSER, 'postgres'),
    log: options.log,
  });

  try {
    await setUpDatabase(state);
    return supervisor;
  } catch (error) {
    await supervisor.stop();
    throw error;
  }
}

// A server that outlived its starter keeps the port it has.
async function claimPort(dataFolder: string, { place, state }: Cluster): Promise<ClusterState> {
  const running = await findPostmaster(place.folder);
  const claimed =
    running === undefined ? await withFreePort(state) : { ...state, port: running.port };

  if (claimed.port !== state.port) {
    await writeState(dataFolder, claimed);
  }
  return claimed;
}

// What the machine's owner can mend is told in one line; anything else is a fault of ours and keeps its trace.
function explain(error: unknown, dataFolder: string): unknown {
  const { code, message, stderr, syscall } = error as NodeJS.ErrnoException & { stderr?: string };
  const passwords = path.join(dataFolder, 'embedded-postgres.json');

  if (code === WRONG_PASSWORD) {
    return new StartRefused(
      `The passwords in ${passwords} are not those of the database beside it: restore both from the same backup.`,
    );
  }
  if (error instanceof PostgresEnded || syscall !== undefined || stderr !== undefined) {
    const reason = stderr?.trim().split('\n').at(-1) ?? message;

    return new StartRefused(
      `The embedded PostgreSQL does not start: ${reason}. Mend that, or set DATABASE_URL to another PostgreSQL.`,
    );
  }
  return error;
}
