/** A client that knows the wire and nothing else: it sends what it is told and keeps what it receives. */
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';

import { connected, newSocket } from './sync-socket.ts';

export interface BareOpened {
  readonly status: 'open';
  readonly document: string;
  readonly clientId: number;
  readonly generation: number;
  readonly seq: number;
  readonly update: Uint8Array;
  readonly rights: unknown;
}

export interface Received {
  readonly event: string;
  readonly body: Record<string, unknown>;
}

export class BareSocket {
  readonly received: Received[] = [];
  readonly #socket: Socket;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.onAny((event: string, body: Record<string, unknown>) => {
      this.received.push({ event, body });
      for (const check of [...this.#waiting]) check();
    });
    socket.on('disconnect', () => {
      for (const check of [...this.#waiting]) check();
    });
  }

  /** Rejects with the server's reason where the handshake is refused. */
  static async connect(
    origin: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<BareSocket> {
    const socket = newSocket(origin, { origin, ...headers });
    const bare = new BareSocket(socket);
    await connected(socket);

    return bare;
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** The server's name for this socket, as presence shows it. */
  get session(): string {
    return this.#socket.id ?? '';
  }

  async ask(event: string, body: unknown): Promise<Record<string, unknown>> {
    return (await this.#socket.timeout(10_000).emitWithAck(event, body)) as Record<string, unknown>;
  }

  async open(document: string, more: object = {}): Promise<BareOpened> {
    const answer = await this.ask('open', {
      document,
      protocol: 1,
      device: 'bare-device',
      ...more,
    });
    if (answer['status'] !== 'open') throw new Error(`open answered ${JSON.stringify(answer)}`);

    return answer as unknown as BareOpened;
  }

  send(event: string, body: unknown): void {
    this.#socket.emit(event, body);
  }

  /** Raw bytes on the underlying connection, past every encoder. */
  sendRaw(bytes: Uint8Array): void {
    (
      this.#socket.io.engine as unknown as { transport: { ws: { send(bytes: Uint8Array): void } } }
    ).transport.ws.send(bytes);
  }

  /** The first event that was or will be received and fits. */
  async until(fits: (received: Received) => boolean, timeoutMs = 10_000): Promise<Received> {
    return this.#waitFor(() => this.received.find(fits), timeoutMs);
  }

  async untilDisconnected(timeoutMs = 10_000): Promise<void> {
    await this.#waitFor(() => (this.isConnected ? undefined : true), timeoutMs);
  }

  close(): void {
    this.#socket.disconnect();
  }

  async #waitFor<T>(look: () => T | undefined, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(
          new Error(
            `nothing fitting within ${String(timeoutMs)} ms; received ${this.received.map(({ event }) => event).join()}`,
          ),
        );
      }, timeoutMs);
      const check = () => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }
}

/** A Yjs replica of one document that writes keys with the leased client id. */
export class BareReplica {
  readonly doc = new Y.Doc();
  readonly #register: string;

  constructor(opened: BareOpened) {
    this.#register = opened.document.split('/')[1] ?? '';
    this.doc.clientID = opened.clientId;
    Y.applyUpdate(this.doc, opened.update);
  }

  get cells(): Y.Map<unknown> {
    return this.doc.getMap(this.#register);
  }

  apply(update: Uint8Array): void {
    Y.applyUpdate(this.doc, update);
  }

  /** Sets keys in one transaction and gives the update that says so, as the codec sends bytes. */
  write(values: Readonly<Record<string, unknown>>): Buffer {
    let written = Buffer.alloc(0);
    const keep = (update: Uint8Array) => {
      written = Buffer.from(update);
    };
    this.doc.on('update', keep);
    this.doc.transact(() => {
      for (const [key, value] of Object.entries(values)) this.cells.set(key, value);
    });
    this.doc.off('update', keep);

    return written;
  }
}
