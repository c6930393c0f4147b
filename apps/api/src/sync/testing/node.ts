/** One process of several on the same database: its pool, facts and rooms, without timers, sockets and HTTP. */
import { AccessFacts } from '../../access/access-facts.ts';
import { AppPool } from '../../database/app-pool.ts';
import { PostgresDocumentStore } from '../postgres-document-store.ts';
import type { Room } from '../room.ts';
import { RoomRegistry } from '../room-registry.ts';
import { TestClient } from './client.ts';

export interface TestPerson {
  readonly id: string;
  readonly session: string;
  readonly party: string;
}

export interface NodeOptions {
  /** A store that does something more at some step. */
  readonly store?: (pool: AppPool) => PostgresDocumentStore;
}

let sockets = 0;

export class TestNode {
  readonly pool: AppPool;
  readonly access = new AccessFacts();
  readonly store: PostgresDocumentStore;
  /** Not started: a test looks at the heads and at the access version when it wants to. */
  readonly rooms: RoomRegistry;
  #stopped: Promise<void> | undefined;

  private constructor(databaseUrl: string, options: NodeOptions) {
    this.pool = new AppPool(databaseUrl);
    this.store = options.store?.(this.pool) ?? new PostgresDocumentStore(this.pool);
    this.rooms = new RoomRegistry(this.store, this.access, this.pool);
  }

  static async start(databaseUrl: string, options: NodeOptions): Promise<TestNode> {
    const node = new TestNode(databaseUrl, options);
    await node.rooms.readAccess();

    return node;
  }

  room(compartment: string): Room {
    return this.rooms.open(compartment);
  }

  /** A socket of this person, with nothing open. */
  connect({ id, session }: TestPerson): TestClient {
    this.access.noteSession(session);
    const { rooms, access, store } = this;

    return new TestClient(
      { id: `socket-${String(++sockets)}`, session, person: id },
      { rooms, access, store },
    );
  }

  /** A socket of this person with the document open. */
  async open(person: TestPerson, document: string): Promise<TestClient> {
    const client = this.connect(person);
    await client.open(document);

    return client;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.rooms.onApplicationShutdown().then(() => this.pool.end());

    return this.#stopped;
  }
}
