/** `npm run db -- ...`: migrates by hand, and runs the embedded PostgreSQL alone. */
import { once } from 'node:events';

import { AppConfig } from '../config/app-config.ts';
import { readEnv } from '../config/env.ts';
import { StartRefused } from '../config/start-refused.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrateDown, migrateUp } from './migrate.ts';
import { migrations } from './migrations/index.ts';

const COMMANDS = { up, down, serve } as const;

interface Target {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  /** An address may be shown only when its password is made by us, for this machine. */
  readonly isEmbedded: boolean;
}

/** Runs one command to its end. Throws {@link StartRefused} where there is something to mend. */
export async function main(command: string): Promise<void> {
  if (!Object.hasOwn(COMMANDS, command)) {
    throw new StartRefused(
      `There is no command ${command}: ${Object.keys(COMMANDS).join(', ')}, new NAME.`,
    );
  }
  const config = new AppConfig(readEnv());

  if (config.database.kind === 'external') {
    const { url, ownerUrl } = config.database;

    if (ownerUrl === null) {
      throw new StartRefused('DATABASE_OWNER_URL must be set: only the owner may migrate.');
    }
    await COMMANDS[command as keyof typeof COMMANDS]({
      databaseUrl: url,
      ownerUrl,
      isEmbedded: false,
    });
    return;
  }
  const postgres = await startEmbeddedPostgres({ dataFolder: config.dataFolder, log: say });

  try {
    await COMMANDS[command as keyof typeof COMMANDS]({ ...postgres, isEmbedded: true });
  } finally {
    await postgres.stop();
  }
}

async function up({ ownerUrl }: Target): Promise<void> {
  const run = await migrateUp(ownerUrl, migrations, say);

  if (run.length === 0) {
    say('The schema is up to date.');
  }
}

async function down({ ownerUrl }: Target): Promise<void> {
  const undone = await migrateDown(ownerUrl, migrations, say);

  say(undone === undefined ? 'There is no migration to undo.' : `Undone: ${undone}.`);
}

/** Until it is told to end. */
async function serve({ databaseUrl, ownerUrl, isEmbedded }: Target): Promise<void> {
  if (!isEmbedded) {
    throw new StartRefused('serve runs the embedded PostgreSQL: DATABASE_URL must not be set.');
  }
  const signalled = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  // Keeps the process alive: the server is a process of its own.
  const waiting = setInterval(() => undefined, 60_000);

  say(`DATABASE_URL=${databaseUrl}`);
  say(`DATABASE_OWNER_URL=${ownerUrl}`);
  await signalled;
  clearInterval(waiting);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
