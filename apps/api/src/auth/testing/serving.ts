/** An application that serves, on a real database of its own in a temporary folder. */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { Role } from '@lodestone/api-contract';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource } from 'typeorm';

import { ConfigModule } from '../../config/config.module.ts';
import type { ServingConfig } from '../../config/config.token.ts';
import { createMigratingDataSource } from '../../database/data-source.ts';
import { DatabaseModule } from '../../database/database.module.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../database/embedded-postgres.ts';
import { migrations } from '../../database/migrations/index.ts';
import { HealthModule } from '../../health/health.module.ts';
import { configureApp } from '../../http/configure-app.ts';
import { authEntities, AuthModule } from '../auth.module.ts';
import { PasswordHasher } from '../password-hasher.service.ts';
import type { PersonId } from '../person.ts';
import { PersonRepository } from '../person.repository.ts';
import { Browser } from './browser.ts';

export const PASSWORD = 'correct horse 磁石 staple';

export interface TestDatabase {
  readonly postgres: EmbeddedPostgres;
  /** As the owner, who may arrange anything. */
  readonly owner: DataSource;
  readonly folder: string;
  stop(): Promise<void>;
}

export async function startDatabase(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lodestone-auth-'));

  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    dataFolder: path.join(folder, 'data'),
    systemFolder: path.join(folder, 'system'),
    log: () => undefined,
  });
  const migrating = await createMigratingDataSource(postgres.ownerUrl, migrations).initialize();

  await migrating.runMigrations();
  await migrating.destroy();
  const owner = await new DataSource({ type: 'postgres', url: postgres.ownerUrl }).initialize();

  await owner.query(
    `INSERT INTO party VALUES ('USA', 'United States', '米国'), ('JPN', 'Japan', '日本')`,
  );

  return {
    postgres,
    owner,
    folder,
    stop: async () => {
      if (owner.isInitialized) await owner.destroy();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

interface ServingOptions {
  readonly config?: Partial<ServingConfig>;
  /** The application to serve; by default signing in and health alone. */
  readonly application?: (config: ServingConfig) => DynamicModule;
  readonly modules?: readonly Type[];
}

export class Serving {
  private constructor(
    readonly app: NestExpressApplication,
    readonly port: number,
    readonly database: TestDatabase,
  ) {}

  static async start(database: TestDatabase, options: ServingOptions = {}): Promise<Serving> {
    const webRoot = path.join(database.folder, 'web');

    await mkdir(webRoot, { recursive: true });
    const config: ServingConfig = {
      databaseUrl: database.postgres.databaseUrl,
      webRoot,
      sessionSecret: 'only for tests',
      isSample: false,
      usesTls: false,
      allowedOrigins: (port) => [
        `http://localhost:${String(port)}`,
        `http://127.0.0.1:${String(port)}`,
      ],
      ...options.config,
    };
    const app = await NestFactory.create<NestExpressApplication>(
      rootModule((options.application ?? signInAlone)(config), options.modules ?? []),
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares options as a class
      { bodyParser: false, logger: false, abortOnError: false },
    );

    configureApp(app, config);
    const server = await app.listen(0, '127.0.0.1');
    const { port } = server.address() as { port: number };

    return new Serving(app, port, database);
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** With an Origin as a browser on our own page has. */
  browser(headers: Readonly<Record<string, string>> = { Origin: this.url }): Browser {
    return new Browser(this.url, headers);
  }

  async addPerson(name: string, roles: readonly Role[] = ['editor']): Promise<PersonId> {
    const passwordHash = await this.app.get(PasswordHasher).hash(PASSWORD);

    return this.app.get(PersonRepository).insert({
      email: emailOf(name),
      name,
      party: name.startsWith('jpn') ? 'JPN' : 'USA',
      roles,
      language: 'en',
      passwordHash,
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

export function emailOf(name: string): string {
  return `${name}@lodestone.example`;
}

function signInAlone(config: ServingConfig): DynamicModule {
  @Module({})
  class SignInModule {}

  return {
    module: SignInModule,
    imports: [
      ConfigModule.with(config),
      DatabaseModule.connect(config.databaseUrl, authEntities),
      AuthModule,
      HealthModule,
    ],
  };
}

function rootModule(application: DynamicModule, modules: readonly Type[]): Type {
  @Module({ imports: [application, ...modules] })
  class RootModule {}

  return RootModule;
}
