/** One Socket.IO socket to `/sync`: connects, reconnects, says truthfully how it stands, and hands events to documents. */
import {
  syncEvents,
  syncNamespace,
  type ClosedEvent,
  type ConflictEvent,
  type OpenAnswer,
  type OpenMessage,
  type PresenceEvent,
  type PresenceMessage,
  type RightsEvent,
  type UpdateAnswer,
  type UpdateEvent,
  type UpdateMessage,
} from '@lodestone/sync-protocol';
import { io, type Socket } from 'socket.io-client';
import * as msgpack from 'socket.io-msgpack-parser';
import { BackOff } from './back-off.ts';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';
import type { Random } from './random-ids.ts';
import { SilenceWatch } from './silence.ts';
import { fromWire, toWire } from './wire-bytes.ts';

/**
 * `blocked`: the server answers HTTP and the socket does not get through, as behind some proxies; `signed-out` and
 * `outdated` wait for the person: nothing is tried until `connect` is called again.
 */
export type ConnectionStatus =
  'connecting' | 'connected' | 'offline' | 'blocked' | 'signed-out' | 'outdated';

/** What one document hears. */
export interface DocumentEvents<Rights> {
  connected(): void;
  disconnected(): void;
  update(event: UpdateEvent): void;
  presence(event: PresenceEvent): void;
  conflict(event: ConflictEvent): void;
  rights(event: RightsEvent<Rights>): void;
  closed(event: ClosedEvent): void;
}

export type OpenRequest = Omit<OpenMessage, 'stateVector'> & { readonly stateVector?: Uint8Array };

export type UpdateRequest = Omit<UpdateMessage, 'update'> & { readonly update: Uint8Array };

export interface ConnectionOptions {
  /** Where the API is: `https://host`. */
  readonly url: string;
  /** A Node program's session cookie; a browser sends its own. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** Whether the server answers plain HTTP. */
  readonly probe: () => Promise<boolean>;
  readonly random: Random;
  readonly patience?: Patience;
  /** Socket.IO's own; a simulation has a network of its own. */
  readonly makeSocket?: typeof io;
}

/** How long things may take before they are tried again. */
export interface Patience {
  /** For an answer; an opening, which carries a whole document, may take four times as long. */
  readonly answerMs: number;
  /** The first and the longest wait before another try. */
  readonly firstMs: number;
  readonly mostMs: number;
}

/** Half as much again at most, by chance: so that everybody is back within ten seconds of the server. */
const usualPatience: Patience = { answerMs: 15_000, firstMs: 300, mostMs: 5_000 };

/** So many failures in a row, before the network is asked whether it lets sockets through. */
const failuresToProbe = 3;

export class SyncConnection<Rights> {
  readonly patience: Patience;
  #status: ConnectionStatus = 'connecting';
  #failures = 0;
  /** Answers that carry a document, and may take long on a slow line. */
  #openings = 0;
  readonly #socket: Socket;
  readonly #probe: () => Promise<boolean>;
  readonly #again: BackOff;
  readonly #documents = new Map<string, DocumentEvents<Rights>>();
  readonly #listeners = new Listeners<ConnectionStatus>();

  constructor(options: ConnectionOptions) {
    const { url, extraHeaders, probe, random, patience = usualPatience } = options;
    const makeSocket = options.makeSocket ?? io;
    this.#probe = probe;
    this.patience = patience;
    this.#again = new BackOff(patience, random);
    this.#socket = makeSocket(new URL(syncNamespace, url).href, {
      transports: ['websocket'],
      parser: msgpack,
      autoConnect: false,
      forceNew: true,
      withCredentials: true,
      reconnectionDelay: patience.firstMs,
      reconnectionDelayMax: patience.mostMs,
      randomizationFactor: 0.5,
      ...(extraHeaders !== undefined && { extraHeaders: { ...extraHeaders } }),
    });
    if (options.makeSocket === undefined) new SilenceWatch(this.#socket, () => this.#openings > 0);
    this.#listen();
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  onStatus(listener: Listener<ConnectionStatus>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** Also after a new sign-in, and when the network is back. */
  connect(): void {
    if (this.#socket.connected) return;
    this.#again.reset();
    if (this.#status !== 'offline' && this.#status !== 'blocked') this.#turn('connecting');
    if (this.#socket.active) this.#socket.disconnect();
    this.#socket.connect();
  }

  /** The device says that its network is gone: a socket that may be dead is not waited for. */
  networkLost(): void {
    if (this.#socket.connected) this.#socket.io.engine.close();
  }

  close(): void {
    this.#again.cancel();
    this.#turn('offline');
    this.#socket.disconnect();
    this.#again.cancel();
  }

  /** Everything is kept, nothing is tried, until `connect`. */
  suspend(status: 'signed-out' | 'outdated'): void {
    this.#again.cancel();
    this.#turn(status);
    this.#socket.disconnect();
  }

  attach(document: string, events: DocumentEvents<Rights>): void {
    this.#documents.set(document, events);
    if (this.#status === 'connected') events.connected();
  }

  detach(document: string): void {
    if (!this.#documents.delete(document) || !this.#socket.connected) return;
    this.#socket.emit(syncEvents.leave, { document }, () => undefined);
  }

  /** @param answered called as the answer arrives, before any event behind it; undefined where none will come */
  open(message: OpenRequest, answered: (answer: OpenAnswer<Rights> | undefined) => void): void {
    const { stateVector, ...rest } = message;
    const payload = {
      ...rest,
      ...(stateVector !== undefined && { stateVector: toWire(stateVector) }),
    };
    this.#openings++;
    this.#ask(syncEvents.open, payload, (body) => {
      this.#openings--;
      const answer = body as OpenAnswer<Rights> | undefined;
      const isOpen = answer?.status === 'open';
      answered(isOpen ? { ...answer, update: fromWire(answer.update) } : answer);
    });
  }

  /** @param answered as with `open` */
  update(message: UpdateRequest, answered: (answer: UpdateAnswer | undefined) => void): void {
    this.#ask(syncEvents.update, { ...message, update: toWire(message.update) }, (body) => {
      answered(body as UpdateAnswer | undefined);
    });
  }

  read(document: string, seq: number): void {
    this.#ask(syncEvents.read, { document, seq }, () => undefined);
  }

  stand(message: PresenceMessage): void {
    if (this.#socket.connected) this.#socket.emit(syncEvents.presence, message);
  }

  /** An answer that does not come in time means a socket that is no more: another one is made. */
  #ask(event: string, payload: object, answered: (body: unknown) => void): void {
    const socket = this.#socket;
    if (!socket.connected) {
      answered(undefined);
      return;
    }
    const { answerMs } = this.patience;
    const timeoutMs = event === syncEvents.open ? answerMs * 4 : answerMs;
    socket.timeout(timeoutMs).emit(event, payload, (error: Error | null, body: unknown) => {
      if (error !== null && socket.connected) socket.io.engine.close();
      answered(error === null ? body : undefined);
    });
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('connect', () => {
      this.#failures = 0;
      this.#again.reset();
      this.#turn('connected');
      for (const document of this.#documents.values()) document.connected();
    });
    socket.on('disconnect', () => {
      if (this.#status === 'connected') this.#turn('offline');
      for (const document of this.#documents.values()) document.disconnected();
      if (!socket.active && this.#status === 'offline') this.#connectLater();
    });
    socket.on('connect_error', (error: Error & { readonly data?: { readonly code?: string } }) => {
      this.#onRefusal(error.data?.code ?? error.message);
    });
    this.#route();
  }

  #route(): void {
    const socket = this.#socket;
    const documents = this.#documents;
    socket.on(syncEvents.update, (event: UpdateEvent) => {
      documents.get(event.document)?.update({ ...event, update: fromWire(event.update) });
    });
    socket.on(syncEvents.presence, (event: PresenceEvent) => {
      // The server tells everybody the same; nobody is shown to himself.
      const people = event.people.filter(({ session }) => session !== socket.id);
      documents.get(event.document)?.presence({ ...event, people });
    });
    socket.on(syncEvents.conflict, (event: ConflictEvent) => {
      documents.get(event.document)?.conflict(event);
    });
    socket.on(syncEvents.rights, (event: RightsEvent<Rights>) => {
      documents.get(event.document)?.rights(event);
    });
    socket.on(syncEvents.closed, (event: ClosedEvent) => {
      // The end of a session concerns them all.
      if (event.code === 'session.ended') this.suspend('signed-out');
      else documents.get(event.document)?.closed(event);
    });
  }

  #onRefusal(code: string): void {
    if (code === 'session.ended') {
      this.suspend('signed-out');
      return;
    }
    if (code === 'protocol.version') {
      this.suspend('outdated');
      return;
    }
    this.#failures++;
    if (this.#status !== 'blocked') this.#turn('offline');
    // A refusal by the server itself is not tried again by Socket.IO.
    if (!this.#socket.active) this.#connectLater();
    else if (this.#failures >= failuresToProbe) void this.#probeNetwork();
  }

  async #probeNetwork(): Promise<void> {
    const reachable = await this.#probe().catch(() => false);
    if (this.#status !== 'offline' && this.#status !== 'blocked') return;
    if (this.#failures >= failuresToProbe) this.#turn(reachable ? 'blocked' : 'offline');
  }

  #connectLater(): void {
    this.#again.schedule(() => {
      this.#socket.connect();
    });
  }

  #turn(status: ConnectionStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#listeners.notify(status);
  }
}
