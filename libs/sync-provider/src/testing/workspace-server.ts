/**
 * A server that keeps the socket's contract honestly, in memory, for this library's tests: real Socket.IO, one sequence
 * per compartment, leases, first answers by edit id, merged updates. It admits everything that its script does not refuse.
 */
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findRegister, parseDocumentName, RegisterRecords } from '@lodestone/document-model';
import {
  openMessage,
  presenceMessage,
  readMessage,
  syncEvents,
  syncNamespace,
  updateMessage,
  type ClosedEvent,
  type ConflictEvent,
  type OpenAnswer,
  type RejectionCode,
  type UpdateAnswer,
} from '@lodestone/sync-protocol';
import { Server, type Namespace, type Socket } from 'socket.io';
import * as msgpack from 'socket.io-msgpack-parser';
import * as Y from 'yjs';
import { ServedDocument, type Subscriber, type Written } from './served-document.ts';

/** What the tests make the server do. */
export interface Script {
  refuse: (change: Written) => RejectionCode | undefined;
  refuseOpening: (document: string, user: string) => RejectionCode | undefined;
  /** So many updates are answered with `resync`, whatever they hold. */
  resyncs: number;
  unavailable: boolean;
  /** So many committed updates get no answer, and their socket ends. */
  lostAnswers: number;
  /** So many committed updates are not answered while the socket stays. */
  silentCommits: number;
  /** Client ids are never given again. */
  forgetLeases: boolean;
}

export interface LoggedEdit {
  readonly document: string;
  readonly edit: string | undefined;
  readonly seq: number;
  readonly seen: number | undefined;
  readonly user: string;
  readonly clientId: number;
  readonly bytes: number;
}

type Committed = Extract<UpdateAnswer, { readonly status: 'committed' }>;

interface SentUpdate {
  readonly socket: Socket;
  readonly user: string;
  readonly payload: unknown;
  readonly subscriber: Subscriber | undefined;
}

export class WorkspaceServer {
  readonly script: Script = {
    refuse: () => undefined,
    refuseOpening: () => undefined,
    resyncs: 0,
    unavailable: false,
    lostAnswers: 0,
    silentCommits: 0,
    forgetLeases: false,
  };
  /** Every admitted update, in order. */
  readonly log: LoggedEdit[] = [];
  /** Updates that came in, admitted or not. */
  received = 0;
  opened = 0;
  /** The size of each document that was sent whole or in part, in order. */
  readonly downloads: number[] = [];
  /** What a well-behaved client never does. */
  readonly violations: string[] = [];
  readonly read: { readonly document: string; readonly seq: number }[] = [];
  #sessionsEnded = false;
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #sync: Namespace;
  readonly #documents = new Map<string, ServedDocument>();
  readonly #sequences = new Map<string, number>();
  readonly #answers = new Map<string, Committed>();
  #queue: Promise<void> = Promise.resolve();

  private constructor() {
    this.#http = createServer((request, response) => {
      response.statusCode = request.url === '/api/health/live' ? 200 : 404;
      response.end();
    });
    this.#io = new Server(this.#http, { transports: ['websocket'], parser: msgpack });
    this.#sync = this.#io.of(syncNamespace);
    this.#sync.use((_socket, next) => {
      next(this.#sessionsEnded ? new Error('session.ended') : undefined);
    });
    this.#sync.on('connection', (socket) => {
      this.#serve(socket);
    });
  }

  static async start(port = 0): Promise<WorkspaceServer> {
    const server = new WorkspaceServer();
    await server.#listen(port);

    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.#http.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    await this.#io.close();
  }

  document(name: string): ServedDocument {
    const known = this.#documents.get(name);
    if (known !== undefined) return known;
    const made = new ServedDocument(name);
    this.#documents.set(name, made);

    return made;
  }

  records(name: string): RegisterRecords {
    const register = findRegister(parseDocumentName(name)?.register ?? '');
    if (register === undefined) throw new Error(name);

    return new RegisterRecords(register, this.document(name).cells);
  }

  dropConnections(): void {
    for (const socket of this.#sync.sockets.values()) socket.conn.close();
  }

  disconnectAll(): void {
    this.#sync.disconnectSockets(true);
  }

  endSessions(): void {
    this.#sessionsEnded = true;
    this.#sync.emit(syncEvents.closed, { document: '', code: 'session.ended' });
    this.#sync.disconnectSockets(true);
  }

  renewSessions(): void {
    this.#sessionsEnded = false;
  }

  /** Writes the present records into a fresh document. */
  newGeneration(name: string): void {
    const document = this.document(name);
    const hash = document.rebase(this.records(name));
    const seq = this.#sequences.get(compartmentOf(name)) ?? 0;
    const { generation } = document;
    this.#close(name, { document: name, code: 'generation', generation, seq, hash });
  }

  closeDocument(name: string, code: RejectionCode): void {
    this.#close(name, { document: name, code });
  }

  sendRights(name: string, rights: unknown): void {
    this.#tellAll(name, syncEvents.rights, { document: name, rights });
  }

  sendConflict(conflict: ConflictEvent): void {
    this.#tellAll(conflict.document, syncEvents.conflict, conflict);
  }

  /** A change by someone who is not in these tests. */
  write(name: string, key: string, value: unknown): void {
    const document = this.document(name);
    const seq = this.#nextSeq(name);
    document.commit(document.write(key, value), seq, undefined);
  }

  /** Loses an update on its way to everyone. */
  writeUnheard(name: string, key: string, value: unknown): void {
    const document = this.document(name);
    const update = document.write(key, value);
    document.commitUnheard(update, this.#nextSeq(name));
  }

  #close(name: string, event: ClosedEvent): void {
    this.#tellAll(name, syncEvents.closed, event);
    this.document(name).subscribers.clear();
  }

  #tellAll(name: string, event: string, payload: object): void {
    for (const socket of this.document(name).subscribers.keys()) socket.emit(event, payload);
  }

  #serve(socket: Socket): void {
    const user = String(socket.handshake.headers['x-user'] ?? 'someone');
    const handlers: Record<string, (payload: unknown, answer: (body: object) => void) => void> = {
      [syncEvents.open]: (payload, answer) => {
        answer(this.#open(socket, user, payload));
      },
      [syncEvents.update]: (payload, answer) => {
        // Under the lease it was sent with: an opening behind it may bring another.
        const name = updateMessage.parse(payload).document;
        const subscriber = this.document(name).subscribers.get(socket);
        const sent = { socket, user, payload, subscriber };
        this.#queue = this.#queue.then(() => this.#turn(sent, answer));
      },
      [syncEvents.presence]: (payload) => {
        const { document, at, editing } = presenceMessage.parse(payload);
        this.document(document).show(socket, { user, at, editing });
      },
      [syncEvents.read]: (payload, answer) => {
        this.read.push(readMessage.parse(payload));
        answer({ status: 'read' });
      },
      [syncEvents.leave]: (payload, answer) => {
        this.document(String((payload as { document: unknown }).document)).leave(socket);
        answer({ status: 'left' });
      },
    };
    for (const [event, handle] of Object.entries(handlers)) socket.on(event, handle);
    socket.on('disconnect', () => {
      for (const document of this.#documents.values()) document.leave(socket);
    });
  }

  #open(socket: Socket, user: string, payload: unknown): OpenAnswer<unknown> {
    this.opened++;
    const message = openMessage.parse(payload);
    const { document: name, device, stateVector, generation } = message;
    const code = this.script.refuseOpening(name, user);
    if (code !== undefined) return { status: 'refused', code, message: code };
    const document = this.document(name);
    const seq = this.#sequences.get(compartmentOf(name)) ?? 0;
    const wanted = this.script.forgetLeases ? undefined : message.clientId;
    const clientId = document.lease(device, wanted, socket);
    document.subscribers.set(socket, { clientId, given: seq });
    setImmediate(() => {
      document.showPeople(socket);
    });
    const known = generation === document.generation ? stateVector : undefined;
    const update = Buffer.from(Y.encodeStateAsUpdate(document.document, known));
    this.downloads.push(update.length);

    return {
      ...{ status: 'open', document: name, clientId, seq, update, rights: { of: user } },
      generation: document.generation,
    };
  }

  async #turn(sent: SentUpdate, answer: (body: object) => void): Promise<void> {
    // A commit takes a moment.
    await new Promise((resolve) => setImmediate(resolve));
    this.received++;
    const body = this.#admit(sent);
    if (body.status !== 'committed') {
      answer(body);
    } else if (this.script.lostAnswers > 0) {
      this.script.lostAnswers--;
      sent.socket.conn.close();
    } else if (this.script.silentCommits > 0) {
      this.script.silentCommits--;
    } else {
      answer(body);
    }
  }

  #admit({ socket, user, payload, subscriber }: SentUpdate): UpdateAnswer {
    const { document: name, update, edit, seen } = updateMessage.parse(payload);
    const answerKey = `${compartmentOf(name)} ${String(edit)}`;
    const first = this.#answers.get(answerKey);
    if (first !== undefined) return { ...first, again: true };
    if (this.script.unavailable) return rejected('unavailable');
    const document = this.document(name);
    if (subscriber === undefined) return rejected('access.denied');
    if (document.subscribers.get(socket)?.clientId !== subscriber.clientId) {
      return { status: 'resync' };
    }
    const placed = document.place(update, subscriber.clientId);
    if (placed === 'foreign') {
      this.violations.push(`${user} wrote with a client id that is not his`);

      return rejected('client-id.foreign');
    }
    if (placed === 'unplaced' || this.script.resyncs > 0) {
      this.script.resyncs = Math.max(0, this.script.resyncs - 1);

      return { status: 'resync' };
    }
    const seq = this.#nextSeq(name);
    for (const change of placed) {
      const code = this.script.refuse(change);
      if (code !== undefined) return rejected(code);
    }
    const { clientId } = subscriber;
    this.log.push({ document: name, edit, seq, seen, user, clientId, bytes: update.length });
    document.commit(update, seq, socket);
    const committed: Committed = { status: 'committed', seq };
    if (edit !== undefined) this.#answers.set(answerKey, committed);

    return committed;
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve) => {
      this.#http.listen(port, '127.0.0.1', resolve);
    });
  }

  /** Refusals are entries too. */
  #nextSeq(name: string): number {
    const compartment = compartmentOf(name);
    const seq = (this.#sequences.get(compartment) ?? 0) + 1;
    this.#sequences.set(compartment, seq);

    return seq;
  }
}

function compartmentOf(name: string): string {
  return parseDocumentName(name)?.compartment ?? name;
}

function rejected(code: RejectionCode): UpdateAnswer {
  return { status: 'rejected', code, message: code, changes: [] };
}
