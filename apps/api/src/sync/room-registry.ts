/** The rooms of this node, one per compartment, and the watch on what other nodes and administrators change. */
import {
  Injectable,
  Logger,
  type OnApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { CompartmentId } from '@lodestone/document-model';
import { AccessFacts } from '../access/access-facts.ts';
import { AppPool } from '../database/app-pool.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { systemClock } from './clock.ts';
import { wearLimits, type WearLimits } from './generation-wear.ts';
import { Room } from './room.ts';
import { TurnWriter } from './turn-writer.ts';

/** A lost notice leaves no gap: heads and the access version are read this often. */
const watchMs = 500;

@Injectable()
export class RoomRegistry implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Of rooms that are opened from now on; a simulation wears documents out sooner. */
  wear: WearLimits = wearLimits;
  readonly #rooms = new Map<string, Room>();
  readonly #listeners = new Set<() => void>();
  readonly #log = new Logger('RoomRegistry');
  readonly #store: PostgresDocumentStore;
  readonly #access: AccessFacts;
  readonly #pool: AppPool;
  readonly #writer: TurnWriter;
  #timer: NodeJS.Timeout | undefined;
  #version = 0;
  #healthy = true;

  constructor(store: PostgresDocumentStore, access: AccessFacts, pool: AppPool) {
    this.#store = store;
    this.#access = access;
    this.#pool = pool;
    this.#writer = new TurnWriter({ store, access, clock: systemClock });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.readAccess();
    this.#watchAgain();
  }

  /** The room of a compartment that exists. */
  open(compartment: string): Room {
    let room = this.#rooms.get(compartment);
    if (room === undefined) {
      room = new Room(compartment as CompartmentId, {
        store: this.#store,
        access: this.#access,
        writer: this.#writer,
        clock: systemClock,
        wear: this.wear,
      });
      this.#rooms.set(compartment, room);
    }

    return room;
  }

  /** Called after the access version moved and the facts were read anew. */
  onAccessChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Reads the access facts where their version has moved, and tells the listeners. */
  async readAccess(): Promise<void> {
    await this.#access.refresh(this.#pool, await this.#access.readVersion(this.#pool));
    // A turn may have read them first: what counts is whether the listeners know.
    if (this.#access.version === this.#version) return;
    this.#version = this.#access.version;
    for (const listener of this.#listeners) listener();
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all([...this.#rooms.values()].map((room) => room.close()));
  }

  #watchAgain(): void {
    this.#timer = setTimeout(() => {
      void this.#watch().finally(() => {
        this.#watchAgain();
      });
    }, watchMs);
    this.#timer.unref();
  }

  async #watch(): Promise<void> {
    try {
      await this.readAccess();
      for (const room of this.#rooms.values()) await room.followHead();
      this.#healthy = true;
    } catch (error) {
      if (this.#healthy) this.#log.warn(`the database does not answer: ${String(error)}`);
      this.#healthy = false;
    }
  }
}
