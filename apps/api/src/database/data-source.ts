/** TypeORM's way into the database: for entities as the role that serves, for migrations as their owner. */
import { DataSource, type MigrationInterface } from 'typeorm';

const CONNECT_TIMEOUT_MS = 5000;
const SERVING_CONNECTIONS = 8;
/**
 * A paused process must not hold a lock: PostgreSQL ends its statement, and its transaction. A turn reads behind its
 * locks what others committed before them, whatever isolation the database prefers.
 */
export const SERVING_LIMITS =
  '-c lock_timeout=2s -c statement_timeout=10s -c idle_in_transaction_session_timeout=1500ms -c default_transaction_isolation=read\\ committed';

export const MIGRATION_TABLE = 'migration';

// TypeORM takes entities by their classes, of any constructor.
type EntityClass = abstract new (...given: never[]) => object;
type MigrationClass = new () => MigrationInterface;

/** For the app role. Not yet connected: Nest or the caller initialises it. */
export function createServingDataSource(url: string, entities: readonly EntityClass[]): DataSource {
  return new DataSource({
    ...common(url),
    applicationName: 'lodestone',
    entities: [...entities],
    poolSize: SERVING_CONNECTIONS,
    extra: { options: SERVING_LIMITS },
  });
}

/** For the owner role: knows the migrations and no entities, and may take as long as it takes. */
export function createMigratingDataSource(
  url: string,
  migrations: readonly MigrationClass[],
): DataSource {
  return new DataSource({
    ...common(url),
    applicationName: 'lodestone-migrate',
    migrations: [...migrations],
    migrationsTableName: MIGRATION_TABLE,
    migrationsTransactionMode: 'each',
    poolSize: 1,
  });
}

function common(url: string) {
  return {
    type: 'postgres',
    url,
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    // An idle connection that breaks is replaced at its next use, which reports the outage to its caller.
    poolErrorHandler: () => undefined,
  } as const;
}
