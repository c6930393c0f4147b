/** The built api with the built web client, started as `npm start` does it, on a port of its own. */
import { createDataFolder, type DataFolder } from './data-folder.ts';
import type { TestDatabase } from './postgres.ts';
import { type Program, runProgram } from './program.ts';

export interface ApiOptions {
  /** It makes the schema and the sample workspace there; without one it has a PostgreSQL of its own. */
  readonly database?: Pick<TestDatabase, 'databaseUrl' | 'ownerUrl'>;
  /** To keep the data over several starts; without it the api gets a folder that goes with it. */
  readonly dataFolder?: string;
  /** For a start where an earlier one was, so that browsers find it again. */
  readonly port?: number;
  /** Variables of the contract, such as `LODESTONE_SAMPLE`. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Api extends Program {
  /** Such as `http://localhost:4711`. */
  readonly origin: string;
  readonly port: number;
}

/** The password that every sample account has in a test. */
export const samplePassword = 'sample-password-of-the-tests';

/** Resolves when it is ready to serve; rejects with everything it said when it ends before. */
export async function startApi(options: ApiOptions = {}): Promise<Api> {
  const own = options.dataFolder === undefined ? await createDataFolder() : undefined;
  const program = runProgram('infra/run/start.mjs', ['--no-build'], {
    PORT: String(options.port ?? 0),
    LODESTONE_DATA: options.dataFolder ?? own?.path ?? '',
    LODESTONE_SAMPLE_PASSWORD: samplePassword,
    ...(options.database !== undefined && {
      DATABASE_URL: options.database.databaseUrl,
      DATABASE_OWNER_URL: options.database.ownerUrl,
      LODESTONE_SAMPLE: 'on',
    }),
    ...options.environment,
  });

  try {
    const [, origin = ''] = await program.says(/Lodestone is ready at (\S+)/);
    const ready = await fetch(new URL('/api/health/ready', origin));

    if (!ready.ok) {
      throw new Error(`the api is not ready: ${await ready.text()}`);
    }
    return {
      ...program,
      origin,
      port: Number(new URL(origin).port),
      stop: () => stopWith(program, own),
    };
  } catch (error) {
    await stopWith(program, own);
    throw error;
  }
}

async function stopWith(program: Program, own: DataFolder | undefined): Promise<number> {
  const code = await program.stop();

  await own?.remove();
  return code;
}
