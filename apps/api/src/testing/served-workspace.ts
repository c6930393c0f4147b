/** The whole application over HTTP on a database of its own, with people who sign in and sockets that edit. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Role } from '@lodestone/access-policy';
import { DataSource } from 'typeorm';
import { AccessFacts } from '../access/access-facts.ts';
import { AppModule } from '../app.module.ts';
import { PasswordHasher } from '../auth/password-hasher.service.ts';
import { PersonRepository } from '../auth/person.repository.ts';
import type { Browser } from '../auth/testing/browser.ts';
import { emailOf, PASSWORD, Serving } from '../auth/testing/serving.ts';
import { createTestDatabase } from '../database/testing/test-database.ts';
import { PostgresDocumentStore } from '../sync/postgres-document-store.ts';
import { RoomRegistry } from '../sync/room-registry.ts';
import { TestClient } from '../sync/testing/client.ts';

export interface ServedPerson {
  readonly id: string;
  readonly name: string;
  readonly session: string;
  /** Signed in. */
  readonly browser: Browser;
}

interface CompartmentOptions {
  /** Everybody's where no party is named. */
  readonly parties?: readonly string[];
}

export class ServedWorkspace {
  readonly serving: Serving;
  readonly owner: DataSource;

  private constructor(serving: Serving) {
    this.serving = serving;
    this.owner = serving.database.owner;
  }

  static async start(): Promise<ServedWorkspace> {
    const database = await createTestDatabase();
    const folder = await mkdtemp(path.join(tmpdir(), 'lodestone-served-'));
    const { databaseUrl, ownerUrl } = database;
    const owner = await new DataSource({ type: 'postgres', url: ownerUrl }).initialize();
    const stop = async () => {
      await owner.destroy();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    };
    const postgres = { databaseUrl, ownerUrl, stop: () => database.drop() };
    const serving = await Serving.start(
      { postgres, owner, folder, stop },
      { application: (config) => AppModule.with(config) },
    );

    return new ServedWorkspace(serving);
  }

  async addParties(...codes: readonly string[]): Promise<void> {
    await this.owner.query(
      'insert into party select code, code, code from unnest($1::text[]) code',
      [codes],
    );
  }

  async addCompartment(id: string, { parties = [] }: CompartmentOptions = {}): Promise<void> {
    await this.owner.query(
      `with made as (insert into compartment (id, name_en, name_ja, marking, parties, everyone)
         values ($1, $1, $1, upper($1), $2, cardinality($2::text[]) = 0) returning id),
       version as (update access_version set version = version + 1)
       insert into compartment_head (compartment) select id from made`,
      [id, parties],
    );
    await this.serving.app.get(RoomRegistry).readAccess();
  }

  async addPerson(name: string, party: string, role: Role = 'editor'): Promise<ServedPerson> {
    const { app } = this.serving;
    const passwordHash = await app.get(PasswordHasher).hash(PASSWORD);
    const roles = [role];
    const id = await app
      .get(PersonRepository)
      .insert({ email: emailOf(name), name, party, roles, language: 'en', passwordHash });
    await app.get(RoomRegistry).readAccess();
    const browser = this.serving.browser();
    await browser.signIn(emailOf(name), PASSWORD);
    const [row] = await this.owner.query<{ sid: string }[]>(
      `select sid from session where sess -> 'passport' ->> 'user' = $1`,
      [id],
    );

    return { id, name, browser, session: row?.sid ?? '' };
  }

  /** A socket of this person with the document open. */
  async open({ id, session }: ServedPerson, document: string): Promise<TestClient> {
    const { app } = this.serving;
    const [rooms, access, store] = [
      app.get(RoomRegistry),
      app.get(AccessFacts),
      app.get(PostgresDocumentStore),
    ];
    access.noteSession(session);
    const client = new TestClient(
      { id: randomUUID(), session, person: id },
      { rooms, access, store },
    );
    await client.open(document);

    return client;
  }

  async stop(): Promise<void> {
    await this.serving.stop();
    await this.serving.database.stop();
  }
}
