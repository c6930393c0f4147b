/** A client at the server's side of its socket: a replica of one document that writes keys and keeps what it is sent. */
import { randomUUID } from 'node:crypto';
import type { OpenAnswer, Opened, UpdateAnswer } from '@lodestone/sync-protocol';
import * as Y from 'yjs';
import type { SyncSession } from '../submitted-edit.ts';
import { SyncSocket, type DocumentRights } from '../sync-socket.ts';

export interface Received {
  readonly event: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface Sending {
  readonly edit?: string;
  readonly seen?: number;
}

export class TestClient {
  readonly session: SyncSession;
  readonly socket: SyncSocket;
  readonly received: Received[] = [];
  replica = new Y.Doc();
  document = '';
  /** The last sequence this client holds. */
  seq = 0;
  /** Sequences from which the server went on though the client held others. */
  readonly gaps: { readonly held: number; readonly after: number }[] = [];

  constructor(session: SyncSession, services: ConstructorParameters<typeof SyncSocket>[1]) {
    this.session = session;
    this.socket = new SyncSocket(session, services, (event, body) => {
      this.#receive({ event, body: body as Received['body'] });
    });
  }

  get cells(): Y.Map<unknown> {
    return this.replica.getMap(this.document.split('/')[1] ?? '');
  }

  /** What it was sent of this kind, oldest first. */
  sent(event: string): readonly Received['body'][] {
    return this.received.filter((one) => one.event === event).map(({ body }) => body);
  }

  async open(document: string, more: object = {}): Promise<Opened<DocumentRights>> {
    const answer = await this.socket.handlers.open({
      ...{ document, protocol: 1, device: 'test-device' },
      ...more,
    });
    const opened = answer as OpenAnswer<DocumentRights>;
    if (opened.status !== 'open') throw new Error(`open answered ${JSON.stringify(answer)}`);
    this.document = document;
    this.replica = new Y.Doc();
    Y.applyUpdate(this.replica, opened.update);
    this.replica.clientID = opened.clientId;
    this.seq = opened.seq;

    return opened;
  }

  /** Sets keys in one transaction and gives the update that says so. */
  write(values: Readonly<Record<string, unknown>>): Uint8Array {
    const made: Uint8Array[] = [];
    const keep = (update: Uint8Array) => made.push(update);
    this.replica.on('update', keep);
    this.replica.transact(() => {
      for (const [key, value] of Object.entries(values)) this.cells.set(key, value);
    });
    this.replica.off('update', keep);

    return made[0] ?? new Uint8Array();
  }

  async send(
    update: Uint8Array,
    { edit = randomUUID(), seen = this.seq }: Sending = {},
  ): Promise<UpdateAnswer> {
    const { document } = this;

    return (await this.socket.handlers.update({ document, update, edit, seen })) as UpdateAnswer;
  }

  /** Writes and sends. */
  async set(
    values: Readonly<Record<string, unknown>>,
    sending: Sending = {},
  ): Promise<UpdateAnswer> {
    return this.send(this.write(values), sending);
  }

  /** The same, where nothing else than `committed` will do. */
  async commit(values: Readonly<Record<string, unknown>>, sending: Sending = {}): Promise<number> {
    const answer = await this.set(values, sending);
    if (answer.status !== 'committed') throw new Error(`answered ${JSON.stringify(answer)}`);

    return answer.seq;
  }

  #receive(received: Received): void {
    this.received.push(received);
    const { event, body } = received;
    if (event !== 'update' || body['document'] !== this.document) return;
    const { after, seq, update } = body as { after: number; seq: number; update: Uint8Array };
    if (after !== this.seq) this.gaps.push({ held: this.seq, after });
    this.seq = seq;
    Y.applyUpdate(this.replica, update);
  }
}

/** A project that editors of USA and JPN may edit. */
export function project(name: string, more: object = {}): object {
  return { name, parties: ['JPN', 'USA'], state: 'candidate', ...more };
}
