/** One document of the test server: its state, its leases and its subscribers. */
import {
  encodeGeneration,
  findRegister,
  generationHash,
  parseDocumentName,
  type RegisterRecords,
} from '@lodestone/document-model';
import { syncEvents, type Place } from '@lodestone/sync-protocol';
import type { Socket } from 'socket.io';
import * as Y from 'yjs';

/** One cell of an update that is to be judged. */
export interface Written {
  readonly document: string;
  readonly key: string;
  readonly value: unknown;
}

export interface Subscriber {
  readonly clientId: number;
  /** The last sequence its socket was sent. */
  given: number;
}

interface Committed {
  readonly update: Uint8Array;
  readonly seq: number;
  readonly by: Socket | undefined;
}

const tickMs = 2;

export class ServedDocument {
  document = new Y.Doc();
  generation = 1;
  readonly name: string;
  readonly subscribers = new Map<Socket, Subscriber>();
  readonly #register: string;
  readonly #leases = new Map<number, string>();
  readonly #people = new Map<Socket, object>();
  #due: Committed[] = [];

  constructor(name: string) {
    this.name = name;
    this.#register = parseDocumentName(name)?.register ?? '';
    if (findRegister(this.#register) === undefined) throw new Error(`no register for ${name}`);
  }

  get cells(): Y.Map<unknown> {
    return this.document.getMap(this.#register);
  }

  /** The client id that was asked for, if it is this device's and no live socket writes with it; else a new one. */
  lease(device: string, wanted: number | undefined, socket: Socket): number {
    const inUse = [...this.subscribers].some(
      ([other, { clientId }]) => other !== socket && clientId === wanted,
    );
    const owner = `${device} ${String(this.generation)}`;
    if (wanted !== undefined && !inUse && this.#leases.get(wanted) === owner) return wanted;
    const fresh = Math.floor(Math.random() * 2 ** 32);
    this.#leases.set(fresh, owner);

    return fresh;
  }

  /** The cells that an update would write, tried on a copy; or why it cannot be placed. */
  place(update: Uint8Array, clientId: number): readonly Written[] | 'foreign' | 'unplaced' {
    const { from } = Y.parseUpdateMeta(update);
    if (from.size !== 1 || !from.has(clientId)) return 'foreign';
    if (from.get(clientId) !== Y.getState(this.document.store, clientId)) return 'unplaced';
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.document));
    Y.applyUpdate(copy, update);
    if (copy.store.pendingStructs !== null || copy.store.pendingDs !== null) return 'unplaced';

    // Read off the update itself: a value that loses its cell shows in no event.
    return Y.decodeUpdate(update).structs.flatMap((struct) => {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentAny)) return [];
      const key = Y.getItem(copy.store, struct.id).parentSub ?? '';

      return [{ document: this.name, key, value: struct.content.arr[0] as unknown }];
    });
  }

  commit(update: Uint8Array, seq: number, by: Socket | undefined): void {
    Y.applyUpdate(this.document, update);
    if (this.#due.length === 0)
      setTimeout(() => {
        this.#tick();
      }, tickMs);
    this.#due.push({ update, seq, by });
  }

  /** As if the broadcast had been lost: the next one says that there was something. */
  commitUnheard(update: Uint8Array, seq: number): void {
    Y.applyUpdate(this.document, update);
    for (const subscriber of this.subscribers.values()) subscriber.given = seq;
  }

  write(key: string, value: unknown): Uint8Array {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.document));
    const before = Y.encodeStateVector(copy);
    copy.getMap(this.#register).set(key, value);

    return Y.encodeStateAsUpdate(copy, before);
  }

  show(socket: Socket, standing: { user: string; at: Place | null; editing: boolean }): void {
    const person = { ...standing, session: socket.id, name: standing.user, party: 'JPN' };
    this.#people.set(socket, person);
    this.#tellOthers(socket, { document: this.name, people: [person], gone: [] });
  }

  /** Who is here already, to someone who comes. */
  showPeople(socket: Socket): void {
    const people = [...this.#people].filter(([other]) => other !== socket);
    const event = { document: this.name, people: people.map(([, person]) => person), gone: [] };
    socket.emit(syncEvents.presence, event);
  }

  leave(socket: Socket): void {
    this.subscribers.delete(socket);
    if (!this.#people.delete(socket)) return;
    this.#tellOthers(socket, { document: this.name, people: [], gone: [socket.id] });
  }

  /** Goes on in a new generation; everyone has been sent everything before. Returns what clients compare. */
  rebase({ register }: RegisterRecords): string {
    this.#tick();
    const update = encodeGeneration(register, this.cells);
    this.document = new Y.Doc();
    Y.applyUpdate(this.document, update);
    this.generation++;

    return generationHash(update);
  }

  #tellOthers(socket: Socket, event: object): void {
    for (const other of this.subscribers.keys()) {
      if (other !== socket) other.emit(syncEvents.presence, event);
    }
  }

  /** One merged update for everyone; nobody is sent what is only his own. */
  #tick(): void {
    const due = this.#due;
    this.#due = [];
    const seq = due.at(-1)?.seq;
    if (seq === undefined) return;
    for (const [socket, subscriber] of this.subscribers) {
      const news = due.filter((one) => one.seq > subscriber.given);
      if (news.every((one) => one.by === socket)) continue;
      const after = subscriber.given;
      subscriber.given = seq;
      const update = Buffer.from(Y.mergeUpdates(news.map((one) => one.update)));
      socket.emit(syncEvents.update, { document: this.name, after, seq, update });
    }
  }
}
