/** A signed-in member whose client sends whatever it likes, with an exact copy of the document to aim at. */
import { BareSocket, type BareOpened, type SignedIn } from '@lodestone/test-support';
import { craft, type CraftedUpdate } from '@lodestone/update-admission/testing';
import * as Y from 'yjs';

export type Answer = Readonly<Record<string, unknown>>;

export class Attacker {
  readonly socket: BareSocket;
  readonly opened: BareOpened;
  readonly document: Y.Doc;
  readonly root: string;
  /** Answers by code, or by status where they have none. */
  readonly answers = new Map<string, number>();

  private constructor(socket: BareSocket, opened: BareOpened) {
    this.socket = socket;
    this.opened = opened;
    this.root = opened.document.split('/')[1] ?? '';
    this.document = new Y.Doc();
    Y.applyUpdate(this.document, opened.update);
    this.document.getMap(this.root);
  }

  static async open(origin: string, person: SignedIn, document: string): Promise<Attacker> {
    const socket = await BareSocket.connect(origin, { cookie: person.cookie });

    return new Attacker(socket, await socket.open(document));
  }

  get clientId(): number {
    return this.opened.clientId;
  }

  get cells(): Y.Map<unknown> {
    return this.document.getMap(this.root);
  }

  get clock(): number {
    return Y.getState(this.document.store, this.clientId);
  }

  /** The id of the item that holds a key's value. */
  idOf(key: string): readonly [number, number] {
    const item = this.cells._map.get(key);
    if (item === undefined) throw new Error(`${key} is empty`);
    const { client, clock } = item.lastId;

    return [client, clock];
  }

  craft(update: CraftedUpdate): Uint8Array {
    return craft({ root: this.root, clientId: this.clientId, clock: this.clock, ...update });
  }

  /** An update as an honest client makes it, from the copy with all that was sent before. */
  write(values: Readonly<Record<string, unknown>>): Uint8Array {
    const before = Y.encodeStateVector(this.document);
    this.document.clientID = this.clientId;
    this.document.transact(() => {
      for (const [key, value] of Object.entries(values)) this.cells.set(key, value);
    });

    return Y.encodeStateAsUpdate(this.document, before);
  }

  /** What others have written meanwhile. */
  catchUp(): void {
    for (const { event, body } of this.socket.received.splice(0)) {
      if (event === 'update') Y.applyUpdate(this.document, body['update'] as Uint8Array);
    }
  }

  async send(update: Uint8Array): Promise<Answer> {
    const { document } = this.opened;
    const answer = await this.socket.ask('update', { document, update: Buffer.from(update) });
    const what = String(answer['code'] ?? answer['status']);
    this.answers.set(what, (this.answers.get(what) ?? 0) + 1);
    if (answer['status'] === 'committed') Y.applyUpdate(this.document, update);

    return answer;
  }

  close(): void {
    this.socket.close();
  }
}
