/** The `/sync` namespace on the application's own HTTP server: who connects, and which handler answers an event. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { largestMessage, syncNamespace } from '@lodestone/sync-protocol';
import { Server, type Namespace, type Socket } from 'socket.io';
import parser from 'socket.io-msgpack-parser';
import { AccessFacts } from '../access/access-facts.ts';
import { OriginPolicy } from '../auth/origin-policy.ts';
import type { SessionActor } from '../auth/person.ts';
import { SessionEvents } from '../auth/session-events.ts';
import { SessionService } from '../auth/session.service.ts';
import { PostgresDocumentStore } from './postgres-document-store.ts';
import { RoomRegistry } from './room-registry.ts';
import { SyncSocket } from './sync-socket.ts';

interface SocketData {
  readonly session: SessionActor['session'];
  readonly person: string;
  touchedAt: number;
}

const touchMs = 60_000;
const expiryCheckMs = 60_000;

/** An update of the largest size still needs room for its envelope. */
const envelope = 1024;

@Injectable()
export class SyncGateway implements BeforeApplicationShutdown {
  readonly #log = new Logger('SyncGateway');
  readonly #sockets = new Map<string, { readonly socket: Socket; readonly sync: SyncSocket }>();
  #server: Server | undefined;
  #expiryTimer: NodeJS.Timeout | undefined;

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
      parser,
      serveClient: false,
      perMessageDeflate: false,
      maxHttpBufferSize: largestMessage + envelope,
      allowRequest: (request, decide) => {
        // CORS does not cover WebSocket: the Origin is the only sign of whose page speaks.
        const allowed = this.origins.isAllowedOrigin(request.headers.origin);
        decide(allowed ? null : 'origin', allowed);
      },
    });
    const namespace = server.of(syncNamespace);
    namespace.use((socket, next) => {
      this.#authenticate(socket).then(
        (known) => {
          next(known ? undefined : new Error('session.ended'));
        },
        () => {
          next(new Error('unavailable'));
        },
      );
    });
    this.#serve(namespace);
    this.#server = server;
    this.rooms.onAccessChange(() => {
      this.#reviewSockets();
    });
    this.#expiryTimer = setInterval(() => {
      void this.#cutExpired();
    }, expiryCheckMs).unref();
    this.events.subscribe((event) => {
      if (event.kind === 'ended') void this.rooms.readAccess().catch(() => undefined);
    });
  }

  /** Before the HTTP server closes, which waits for every socket. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#expiryTimer);
    await this.#server?.close();
  }

  /** A session whose time is over moves no version: it is looked for. */
  async #cutExpired(): Promise<void> {
    const sessions = [...this.#sockets.values()].map(
      ({ socket }) => (socket.data as SocketData).session,
    );
    try {
      const ended = new Set(await this.sessions.endedAmong(sessions));
      for (const { socket } of this.#sockets.values()) {
        if (ended.has((socket.data as SocketData).session)) this.#end(socket);
      }
    } catch (error) {
      this.#log.warn(`sessions were not looked at: ${String(error)}`);
    }
  }

  #end(socket: Socket): void {
    socket.emit('closed', { document: '', code: 'session.ended' });
    socket.disconnect(true);
  }

  async #authenticate(socket: Socket): Promise<boolean> {
    const request: IncomingMessage = socket.request;
    const { version } = this.access;
    const actor = await this.sessions.authenticateHandshake(request);
    if (actor === undefined) return false;
    // A new account, or a server that has just started: the facts may be older than the person.
    if (this.access.person(actor.person) === undefined) await this.rooms.readAccess();
    if (this.access.person(actor.person) === undefined) return false;
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

  #serve(namespace: Namespace): void {
    namespace.on('connection', (socket) => {
      const { session, person } = socket.data as SocketData;
      const services = { rooms: this.rooms, access: this.access, store: this.store };
      const sync = new SyncSocket({ id: socket.id, session, person }, services, (event, body) => {
        socket.emit(event, body);
      });
      this.#sockets.set(socket.id, { socket, sync });
      socket.on('error', (error) => {
        this.#log.debug(`socket ended: ${error.message}`);
        socket.disconnect(true);
      });
      socket.on('disconnect', () => {
        this.#sockets.delete(socket.id);
        sync.disconnect();
      });
      socket.onAny((event: string, ...rest: unknown[]) => {
        void this.#dispatch(socket, sync, { event, rest });
      });
    });
  }

  /** An event that does not exist ends the socket; a handler that fails answers `unavailable`, and the process goes on. */
  async #dispatch(
    socket: Socket,
    sync: SyncSocket,
    { event, rest }: { event: string; rest: unknown[] },
  ): Promise<void> {
    const reply = rest.at(-1);
    const answer = (body: object | undefined) => {
      if (typeof reply === 'function' && body !== undefined)
        (reply as (body: object) => void)(body);
    };
    if (!Object.hasOwn(sync.handlers, event)) {
      answer({ status: 'refused', code: 'update.malformed', message: 'There is no such event.' });
      socket.disconnect(true);

      return;
    }
    try {
      answer(await sync.handlers[event as keyof SyncSocket['handlers']](rest[0]));
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
