/** Starts everything in order (database, schema, application, sample) and ends it in the reverse order. */
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import 'reflect-metadata';
import { AppModule } from './app.module.ts';
import { AppConfig } from './config/app-config.ts';
import { readEnv } from './config/env.ts';
import { drawPassword, keptSecret } from './config/kept-secret.ts';
import { checkServer } from './database/check-server.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './database/embedded-postgres.ts';
import { ensureSchema } from './database/migrate.ts';
import { migrations } from './database/migrations/index.ts';
import { configureApp } from './http/configure-app.ts';
import { SampleLoader } from './sample/sample-loader.service.ts';
import { SyncGateway } from './sync/sync.gateway.ts';

/** The built web client stands beside the built API. */
const webRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../web/dist');

const passwordFile = 'sample-password';

/** Resolves when the workspace is ready; it then runs until SIGINT or SIGTERM. Throws `StartRefused` with one line. */
export async function main(): Promise<void> {
  const config = new AppConfig(readEnv());
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  endOnSignal(stop);
  try {
    await start(config, undo);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(config: AppConfig, undo: (() => Promise<void>)[]): Promise<void> {
  const { databaseUrl, ownerUrl } = await openDatabase(config, undo);
  await checkServer(databaseUrl, say);
  await ensureSchema({ databaseUrl, ownerUrl, migrations, log: say });

  const serving = {
    databaseUrl,
    webRoot,
    sessionSecret: await keptSecret(config.dataFolder, 'session-secret'),
    isSample: config.loadsSample,
    usesTls: config.usesTls,
    allowedOrigins: (port: number) => config.allowedOrigins(port),
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(serving), {
    bodyParser: false,
    logger: new ConsoleLogger({ logLevels: ['warn', 'error', 'fatal'] }),
    abortOnError: false,
  });
  undo.push(() => closeApp(app));
  configureApp(app, serving);
  app.get(SyncGateway).attach();
  await app.init();
  const password = config.loadsSample ? await loadSample(app, config) : undefined;
  await app.listen(config.port, config.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  if (password !== undefined) say(password);
  say(`Lodestone is ready at ${config.publicOrigin ?? `http://localhost:${String(port)}`}`);
}

/** What is on its way has so long to arrive. A connection over which nothing is ever asked would keep it open for good. */
const farewellMs = 2_000;

async function closeApp(app: NestExpressApplication): Promise<void> {
  const server: HttpServer = app.getHttpServer();
  const impatience = setTimeout(() => {
    server.closeAllConnections();
  }, farewellMs);
  await app.close();
  clearTimeout(impatience);
}

async function openDatabase(config: AppConfig, undo: (() => Promise<void>)[]) {
  if (config.database.kind === 'external') {
    return { databaseUrl: config.database.url, ownerUrl: config.database.ownerUrl };
  }
  const starting = startEmbeddedPostgres({ dataFolder: config.dataFolder, log: say });
  // Before it is there: a signal may come while it starts.
  undo.push(() => starting.then(stopPostgres, () => undefined));

  return starting;
}

async function stopPostgres(postgres: EmbeddedPostgres): Promise<void> {
  await postgres.stop();
}

/** @returns what to print about the accounts. */
async function loadSample(app: NestExpressApplication, config: AppConfig): Promise<string> {
  const given = config.samplePassword;
  const password = given ?? (await keptSecret(config.dataFolder, passwordFile, drawPassword));
  const isFirst = await app.get(SampleLoader).load(password);
  const file = path.join(config.dataFolder, passwordFile);
  if (!isFirst) {
    return given === null
      ? `The sample accounts' password is in ${file}`
      : 'The sample accounts are as they were.';
  }

  return [
    'Sample accounts (e-mail: NAME@lodestone.example):',
    '  usa.editor  usa.approver  jpn.editor  jpn.approver  aus.editor  aus.approver  can.editor  can.approver',
    '  secretariat  admin  admin2  auditor  auditor2',
    given === null
      ? `Password of all of them: ${password} (kept in ${file})`
      : 'Password of all of them: as given.',
  ].join('\n');
}

/** A terminal and npm may both pass one Ctrl+C on; a later one ends at once: whoever sends it does not want to wait. */
const repeatMs = 1_000;

function endOnSignal(stop: () => Promise<void>): void {
  let endingSince: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSince !== undefined) {
        if (performance.now() - endingSince > repeatMs) process.exit(1);

        return;
      }
      endingSince = performance.now();
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
