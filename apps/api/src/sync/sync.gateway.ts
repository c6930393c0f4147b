/** The `/sync` namespace on the application's own HTTP server: who connects, and which handler answers an event. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { largestMessage, syncNamespace, type RejectionCode } from '@lodestone/sync-protocol';
import { Server, type Namespace, type Socket } from 'socket.io';
import { AccessFacts } from '../access/access-facts.ts';
import { OriginPolicy } from '../auth/origin-policy.ts';
import type { SessionActor } from '../auth/person.ts';
import { SessionEvents } from '../auth/session-events.ts';
import { SessionService } from '../auth/session.service.ts';
import { boundedParser } from './bounded-parser.ts';
import { Connection, type EngineConnection } from './connection.ts';
import { EncodeOnce } from './encode-once.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { RoomRegistry } from './room-registry.ts';
import { RefusalNotes } from './refusal-notes.ts';
import { mostConnections, PersonBudget } from './socket-budget.ts';
import { SyncSocket } from './sync-socket.ts';

interface SocketData {
  readonly session: SessionActor['session'];
  readonly person: string;
  touchedAt: number;
}

const touchMs = 60_000;
const expiryCheckMs = 60_000;
const queueCheckMs = 5_000;
/** A client that misses two of them knows that its connection is dead, and comes again. */
const pingMs = 4_000;
/** For whoever connects and does not say to what. */
const connectMs = 10_000;

/** An update of the largest size still needs room for its envelope. */
const envelope = 1024;

@Injectable()
export class SyncGateway implements BeforeApplicationShutdown {
  readonly #log = new Logger('SyncGateway');
  readonly #sockets = new Map<string, { readonly socket: Socket; readonly sync: SyncSocket }>();
  readonly #connections = new Map<EngineConnection, Connection>();
  readonly #budgets = new Map<string, PersonBudget>();
  readonly #notes = new RefusalNotes();
  #server: Server | undefined;
  #expiryTimer: NodeJS.Timeout | undefined;
  #queueTimer: NodeJS.Timeout | undefined;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly sessions: SessionService,
    private readonly events: SessionEvents,
    private readonly origins: OriginPolicy,
    private readonly rooms: RoomRegistry,
    private readonly access: AccessFacts,
    private readonly store: PostgresDocumentStore,
  ) {}

  /** Called once, before the application listens. */
  attach(): void {
    const server = new Server(this.adapterHost.httpAdapter.getHttpServer() as HttpServer, {
      transports: ['websocket'],
      parser: { ...boundedParser, Encoder: EncodeOnce },
      connectTimeout: connectMs,
      pingInterval: pingMs,
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: largestMessage + envelope,
      allowRequest: (request, decide) => {
        // CORS does not cover WebSocket: the Origin is the only sign of whose page speaks.
        const allowed = this.origins.isAllowedOrigin(request.headers.origin);
        decide(allowed ? null : 'origin', allowed);
      },
    });
    server.engine.on('connection', (line: EngineConnection) => {
      this.#connections.set(line, new Connection(line));
      line.once('close', () => this.#connections.delete(line));
    });
    // Socket.IO has a namespace of its own, to which anybody may connect. Nobody has a reason to.
    server.use((_socket, next) => {
      next(new Error('access.denied'));
    });
    const namespace = server.of(syncNamespace);
    namespace.use((socket, next) => {
      void this.#admit(socket).then((code) => {
        next(code === undefined ? undefined : new Error(code));
      });
    });
    this.#serve(namespace);
    this.#server = server;
    this.rooms.onAccessChange(() => {
      this.#reviewSockets();
    });
    this.#expiryTimer = setInterval(() => {
      void this.#cutExpired();
    }, expiryCheckMs).unref();
    this.#queueTimer = setInterval(() => {
      for (const connection of this.#connections.values()) connection.endIfHopeless();
    }, queueCheckMs).unref();
    this.events.subscribe((event) => {
      if (event.kind === 'ended') void this.rooms.readAccess().catch(() => undefined);
    });
  }

  /** Before the HTTP server closes, which waits for every socket. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#expiryTimer);
    clearInterval(this.#queueTimer);
    this.#notes.close();
    const closed = this.#server?.close();
    // Who does not answer the farewell is cut off.
    for (const connection of this.#connections.values()) connection.end();
    await closed;
  }

  /** A session whose time is over moves no version: it is looked for. */
  async #cutExpired(): Promise<void> {
    const sessions = [...this.#sockets.values()].map(
      ({ socket }) => (socket.data as SocketData).session,
    );
    for (const [person, budget] of this.#budgets) {
      if (budget.isUnused(performance.now())) this.#budgets.delete(person);
    }
    try {
      const ended = new Set(await this.sessions.endedAmong(sessions));
      for (const { socket } of this.#sockets.values()) {
        if (ended.has((socket.data as SocketData).session)) this.#end(socket);
      }
    } catch (error) {
      this.#log.warn(`sessions were not looked at: ${String(error)}`);
    }
  }

  #end(socket: Socket, code: RejectionCode = 'session.ended'): void {
    socket.emit('closed', { document: '', code });
    socket.disconnect(true);
    this.#connectionOf(socket).end();
  }

  #connectionOf(socket: Socket): Connection {
    const line = socket.conn as unknown as EngineConnection;
    const connection = this.#connections.get(line) ?? new Connection(line);
    this.#connections.set(line, connection);

    return connection;
  }

  /** Lets a socket in, or says why not. One try a connection: who may ask again and again asks the database each time. */
  async #admit(socket: Socket): Promise<RejectionCode | undefined> {
    const connection = this.#connectionOf(socket);
    if (!connection.takeTry()) {
      connection.end();

      return 'rate.limited';
    }
    const code = await this.#authenticate(socket).then(
      (known) => (known ? this.#claim(socket) : 'session.ended'),
      () => 'unavailable' as const,
    );
    // After the answer has left.
    if (code !== undefined) setImmediate(() => connection.end());

    return code;
  }

  /** The connection is his, and takes from his budget, unless he has too many. */
  #claim(socket: Socket): RejectionCode | undefined {
    const { person } = socket.data as SocketData;
    const budget = this.#budgets.get(person) ?? new PersonBudget(performance.now());
    if (budget.connections >= mostConnections) return 'rate.limited';
    this.#budgets.set(person, budget);
    budget.connections += 1;
    socket.conn.once('close', () => (budget.connections -= 1));
    this.#connectionOf(socket).budget.belongTo(budget);

    return undefined;
  }

  async #authenticate(socket: Socket): Promise<boolean> {
    const request: IncomingMessage = socket.request;
    const { version } = this.access;
    const actor = await this.sessions.authenticateHandshake(request);
    if (actor === undefined) return false;
    // A new account, or one that is let in again: the facts may be older than that.
    if (!this.#isActive(actor.person)) await this.rooms.readAccess();
    if (!this.#isActive(actor.person)) return false;
    // Sessions may have ended since this one was looked at: then it is looked at again.
    if (this.access.version !== version) return this.#authenticate(socket);
    this.access.noteSession(actor.session);
    socket.data = {
      session: actor.session,
      person: actor.person,
      touchedAt: Date.now(),
    } satisfies SocketData;

    return true;
  }

  #isActive(person: string): boolean {
    return this.access.person(person)?.disabled === false;
  }

  #serve(namespace: Namespace): void {
    namespace.on('connection', (socket) => {
      const { session, person } = socket.data as SocketData;
      forgetHandshake(socket);
      const services = { rooms: this.rooms, access: this.access, store: this.store };
      const connection = this.#connectionOf(socket);
      const send = (event: string, body: object) => {
        socket.emit(event, body);
      };
      const sync = new SyncSocket({ id: socket.id, session, person }, services, send, {
        budget: connection.budget,
        queue: connection.queue,
        refusedOutside: (code) => {
          this.#notes.note({ session, person }, code);
        },
        end: (code) => {
          this.#end(socket, code);
        },
      });
      connection.serve({
        caughtUp: () => {
          sync.resume();
        },
        overBudget: () => {
          this.#end(socket, 'rate.limited');
        },
      });
      this.#sockets.set(socket.id, { socket, sync });
      socket.on('error', (error) => {
        this.#log.debug(`socket ended: ${error.message}`);
        this.#notes.note({ session, person }, 'update.malformed');
        this.#end(socket, 'update.malformed');
      });
      socket.on('disconnect', () => {
        this.#sockets.delete(socket.id);
        sync.disconnect();
      });
      // Never on to Socket.IO's own emitter, on which a client's `disconnect` and `error` would look like its events.
      socket.use(([event, ...rest]: unknown[]) => {
        void this.#dispatch(socket, sync, { event, rest });
      });
    });
  }

  /** An event that does not exist ends the socket; a handler that fails answers `unavailable`, and the process goes on. */
  async #dispatch(
    socket: Socket,
    sync: SyncSocket,
    { event, rest }: { event: unknown; rest: unknown[] },
  ): Promise<void> {
    const reply = rest.at(-1);
    const answer = (body: object | undefined) => {
      if (typeof reply === 'function' && body !== undefined)
        (reply as (body: object) => void)(body);
    };
    if (!isEvent(sync, event)) {
      answer({ status: 'refused', code: 'update.malformed', message: 'There is no such event.' });
      this.#notes.note(sync.session, 'update.malformed');
      this.#end(socket, 'update.malformed');

      return;
    }
    try {
      answer(await sync.handlers[event](rest[0]));
      await this.#touch(socket);
    } catch (error) {
      this.#log.warn(`${event} failed: ${String(error)}`);
      const message = 'The workspace is not available at the moment.';
      answer(
        event === 'update'
          ? { status: 'rejected', code: 'unavailable', message, changes: [] }
          : { status: 'refused', code: 'unavailable', message },
      );
    }
  }

  /** Work on a socket keeps its session from idling out; once a minute is enough. */
  async #touch(socket: Socket): Promise<void> {
    const data = socket.data as SocketData;
    if (Date.now() - data.touchedAt < touchMs) return;
    data.touchedAt = Date.now();
    await this.sessions.touch(data.session);
  }

  /** Whose session or account is gone is told, and cut; the others' documents and rights are looked at again. */
  #reviewSockets(): void {
    for (const { socket, sync } of this.#sockets.values()) {
      const person = this.access.person(sync.session.person);
      if (person === undefined || person.disabled || !this.access.isLive(sync.session.session)) {
        this.#end(socket);
      } else {
        sync.reviewRights();
      }
    }
  }
}

function isEvent(sync: SyncSocket, event: unknown): event is keyof SyncSocket['handlers'] {
  return typeof event === 'string' && Object.hasOwn(sync.handlers, event);
}

/** The request lives as long as its connection; what it said is not asked again. */
function forgetHandshake({ request, handshake }: Socket): void {
  request.headers = {};
  request.rawHeaders = [];
  handshake.headers = {};
}
