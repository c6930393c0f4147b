/** One socket of the `/sync` namespace: its session, the documents it has open, and the handlers of its events. */
import { decide, type Rule } from '@lodestone/access-policy';
import { findRegister, parseDocumentName, type Register } from '@lodestone/document-model';
import {
  largestUpdate,
  leaveMessage,
  openMessage,
  presenceMessage,
  protocolVersion,
  readMessage,
  updateMessage,
  type OpenAnswer,
  type OpenMessage,
  type RejectionCode,
  type Refusal,
  type UpdateAnswer,
} from '@lodestone/sync-protocol';
import { decodeStateVector } from 'yjs';
import type { z } from 'zod';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import { toBuffer, type Channel, type Subscriber } from './channel.ts';
import { leaseClientId } from './leases.ts';
import type { LiveDocument } from './live-document.ts';
import type { PostgresDocumentStore } from './postgres-document-store.ts';
import type { Room } from './room.ts';
import type { RoomRegistry } from './room-registry.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import type { SendQueue } from './send-queue.ts';
import { mostWaiting, type SocketBudget } from './socket-budget.ts';
import type { SyncSession } from './submitted-edit.ts';

/** What the client's evaluator needs: the same rules, the same facts, for one document. */
export interface DocumentRights {
  readonly actor: {
    readonly person: string;
    readonly party: string;
    readonly roles: readonly string[];
  };
  readonly audience: CompartmentFacts['audience'];
  readonly marking: string;
  readonly rules: readonly Rule[];
}

interface OpenDocument {
  readonly room: Room;
  readonly register: Register;
  readonly channel: Channel;
  readonly clientId: number;
  readonly generation: number;
  /** The sequence of the answer. */
  readonly since: number;
}

interface Services {
  readonly rooms: RoomRegistry;
  readonly access: AccessFacts;
  readonly store: PostgresDocumentStore;
}

type Send = (event: string, body: object) => void;

/** What holds one connection in its bounds; a test without a connection has none. */
export interface SocketBounds {
  readonly budget: SocketBudget;
  readonly queue: SendQueue;
  /** A refusal that belongs to no compartment's log: what it was about was not open to this session. */
  refusedOutside(code: RejectionCode): void;
  /** Ends the connection, which is told the code. */
  end(code: RejectionCode): void;
}

/** Openings of one socket at a time: each may carry a whole document. */
const openingsAtOnce = 8;
/** Updates of one socket in a room at a time: who sends thousands at once waits for himself, and the others do not. */
const updatesInRoom = 64;

/** Something a client sends, what it is called, and what answers it. */
export type SyncHandler = (body: unknown) => Promise<object> | object | undefined;

export class SyncSocket {
  readonly session: SyncSession;
  readonly #services: Services;
  readonly #send: Send;
  readonly #open = new Map<string, OpenDocument>();
  /** Documents being opened: a second `open` of the same one waits for the first. */
  readonly #opening = new Map<string, Promise<unknown>>();
  readonly #openings = new ConcurrencyLimit(openingsAtOnce);
  readonly #bounds: SocketBounds | undefined;
  readonly #inRoom = new ConcurrencyLimit(updatesInRoom);
  #disconnected = false;

  constructor(session: SyncSession, services: Services, send: Send, bounds?: SocketBounds) {
    this.session = session;
    this.#services = services;
    this.#send = send;
    this.#bounds = bounds;
  }

  /** Every event of the namespace, and nothing else, is answered here. */
  readonly handlers: Readonly<
    Record<'open' | 'update' | 'presence' | 'read' | 'leave', SyncHandler>
  > = {
    open: (body) => this.#handleOpen(body),
    update: (body) => this.#handleUpdate(body),
    presence: (body) => {
      this.#handlePresence(body);

      return undefined;
    },
    read: (body) => this.#handleRead(body),
    leave: (body) => this.#handleLeave(body),
  };

  disconnect(): void {
    this.#disconnected = true;
    for (const { channel } of this.#open.values()) channel.unsubscribe(this.session.id);
    this.#open.clear();
  }

  /** This reader was behind and has caught up. */
  resume(): void {
    for (const { channel } of this.#open.values()) channel.resume(this.session.id);
  }

  /** The access version moved: documents that may no longer be read are closed, the others get their rights anew. */
  reviewRights(): void {
    for (const [name, { channel }] of this.#open) {
      const parts = parseDocumentName(name);
      const facts = parts && this.#readable(parts.compartment, parts.register);
      if (facts === undefined) {
        channel.unsubscribe(this.session.id);
        this.#open.delete(name);
        this.#send('closed', { document: name, code: 'access.denied' });
      } else {
        this.#send('rights', { document: name, rights: this.#rightsIn(facts) });
      }
    }
  }

  async #handleOpen(body: unknown): Promise<OpenAnswer<DocumentRights>> {
    if (this.#bounds?.budget.takeOpen(performance.now()) === false)
      return this.#refuse(body, tooMuch);
    const message = this.#parse(openMessage, body);
    if (message === undefined) return this.#refuse(body, malformedRefusal);
    if (message.protocol !== protocolVersion) return this.#refuse(body, outdated);
    if (!isStateVector(message.stateVector)) return this.#refuse(body, malformedRefusal);
    const before = this.#opening.get(message.document);
    const opening = (before ?? Promise.resolve()).then(() =>
      this.#openings.run(() => this.#openWhenRoom(message)),
    );
    const settled = opening.then(
      () => undefined,
      () => undefined,
    );
    this.#opening.set(message.document, settled);
    void settled.then(() => {
      if (this.#opening.get(message.document) === settled) this.#opening.delete(message.document);
    });

    return opening.catch(() =>
      refused('unavailable', 'The workspace is not available at the moment.'),
    );
  }

  /** A reader who is behind gets one document after the other. */
  async #openWhenRoom(message: OpenMessage): Promise<OpenAnswer<DocumentRights>> {
    await this.#bounds?.queue.whenRoom();
    const answer = await this.#openDocument(message);
    if (answer.status === 'refused') return this.#refuse(message, answer);
    this.#bounds?.budget.chargeOpened(answer.update.length, performance.now());

    return answer;
  }

  async #openDocument(message: OpenMessage): Promise<OpenAnswer<DocumentRights>> {
    const parts = parseDocumentName(message.document);
    if (parts === undefined) return hidden;
    const register = findRegister(parts.register);
    const facts = this.#readable(parts.compartment, parts.register);
    if (register === undefined || facts === undefined) return hidden;
    const room = this.#services.rooms.open(facts.id);
    this.#leaveDocument(message.document);

    for (;;) {
      // Between the turns there is time to look, but none to wait for the database.
      const generation = await room.visit(register, (at) => at.generation, message.generation);
      const clientId = await this.#lease(message, { room, register, generation });
      const answer = await room.visit(register, (document, seq) =>
        this.#subscribe(message, { room, register, clientId, generation }, { document, seq }),
      );
      if (answer !== undefined) return answer;
    }
  }

  #lease(
    { document, device, clientId, generation: held }: OpenMessage,
    { room, register, generation }: Pick<OpenDocument, 'room' | 'register' | 'generation'>,
  ): Promise<number> {
    return leaseClientId(this.#services.store, {
      lease: { document, generation, person: this.session.person, device },
      clientId: held === generation ? clientId : undefined,
      isInUse: (id) => room.channelOf(register).holdsClientId(id),
    });
  }

  /** Undefined where the id was leased for what is no longer so: a generation that has ended, or an id that another socket took. */
  #subscribe(
    message: OpenMessage,
    { room, register, clientId, generation }: Omit<OpenDocument, 'channel' | 'since'>,
    { document, seq }: { readonly document: LiveDocument; readonly seq: number },
  ): OpenAnswer<DocumentRights> | undefined {
    const channel = room.channelOf(register);
    // While it was opened the socket may have gone, and rights may have been taken away.
    const present = this.#disconnected
      ? undefined
      : this.#readable(room.compartment, register.name);
    if (present === undefined) return hidden;
    if (document.generation !== generation || channel.holdsClientId(clientId)) return undefined;
    channel.flush();
    channel.subscribe(this.#subscriber(clientId), seq);
    const open = { room, register, channel, clientId, generation, since: seq };
    this.#open.set(message.document, open);
    this.#sendAfterAnswer(message.document, open);
    const stateVector = message.generation === generation ? message.stateVector : undefined;

    return {
      status: 'open',
      document: message.document,
      clientId,
      generation,
      seq,
      update: toBuffer(document.encode(stateVector)),
      rights: this.#rightsIn(present),
    };
  }

  #subscriber(clientId: number): Subscriber {
    const isBehind = () => this.#bounds?.queue.isBehind() ?? false;

    return { session: this.session, clientId, send: this.#send, isBehind };
  }

  /** Who is here, and which conflicts have not been shown yet: after the answer to `open`, so that they find the document. */
  #sendAfterAnswer(document: string, { room, channel, since }: OpenDocument): void {
    setImmediate(() => {
      this.#send('presence', { document, ...channel.presence.everyone() });
      void this.#services.store.unreadConflicts(document, this.session.person).then(
        (conflicts) => {
          // Later ones were told as they came.
          for (const conflict of conflicts.filter(({ seq }) => seq <= since))
            this.#send('conflict', room.toConflictEvent(conflict));
        },
        () => undefined,
      );
    });
  }

  async #handleUpdate(body: unknown): Promise<UpdateAnswer> {
    if (!this.#mayUpdate(body)) return this.#reject(body, tooMuch);
    const message = this.#parse(updateMessage, body);
    if (message === undefined) return this.#reject(body, malformedUpdate);
    // A repeated opening closes the document for a moment, and is no reason to refuse what comes behind it.
    await this.#opening.get(message.document);
    const open = this.#open.get(message.document);
    if (open === undefined) return this.#reject(body, notOpen);
    if (message.update.length > largestUpdate) return this.#reject(message, tooLarge, message.edit);
    const { room, register, channel, clientId, generation, since } = open;
    const sent = channel.sentTo(this.session.id) ?? 0;
    // Nobody has seen what he was not sent: a larger number would hide his own conflicts.
    const seen = Math.min(message.seen ?? sent, sent);
    const edit = {
      session: this.session,
      register,
      clientId,
      generation,
      // The decoder reads an array of its own: the message's buffer is pooled and shared.
      update: Uint8Array.from(message.update),
      edit: message.edit ?? null,
      seen,
      isFresh: seen >= since,
    };

    return this.#inRoom.run(
      () =>
        new Promise((answer) => {
          room.submit({ ...edit, answer });
        }),
    );
  }

  /** Asked before anything is read: refusing must cost less than doing. */
  #mayUpdate(body: unknown): boolean {
    if (this.#bounds === undefined) return true;
    if (this.#inRoom.waiting >= mostWaiting || this.#bounds.queue.isOverfull()) return false;

    return this.#bounds.budget.takeUpdate(sizeOfUpdate(body), performance.now());
  }

  #mayAsk(): boolean {
    return this.#bounds?.budget.takeOther(performance.now()) ?? true;
  }

  #parse<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> | undefined {
    const result = schema.safeParse(body);
    if (result.success) return result.data;
    if (this.#bounds?.budget.takeGarbage(performance.now()) === false)
      this.#bounds.end('update.malformed');

    return undefined;
  }

  #refuse(body: unknown, refusal: Refusal): Refusal {
    this.#note(body, refusal);

    return refusal;
  }

  #reject(body: unknown, refusal: Refusal, edit?: string): UpdateAnswer {
    this.#note(body, refusal, edit);
    const { code, message } = refusal;

    return { status: 'rejected', code, message, changes: [] };
  }

  /** Into the log of the compartment, where its document is open to this session; nobody's log learns of other names. */
  #note(body: unknown, { code, message }: Refusal, edit: string | null = null): void {
    const open = this.#open.get(documentIn(body));
    if (open === undefined) {
      this.#bounds?.refusedOutside(code);
      return;
    }
    const { room, register, clientId, generation, since } = open;
    const where = { session: this.session, register, clientId, generation };
    const what = { edit, seen: since, isFresh: false, update: new Uint8Array() };
    room.refusals.note({ ...where, ...what, answer: () => undefined }, { code, message });
  }

  #handlePresence(body: unknown): void {
    if (!this.#mayAsk()) return;
    const message = this.#parse(presenceMessage, body);
    const person = this.#services.access.person(this.session.person);
    if (message === undefined || person === undefined) return;
    const { id, person: user } = this.session;
    const who = { session: id, user, name: person.name, party: person.actor.party };
    this.#open.get(message.document)?.channel.presence.stand(who, message.at, message.editing);
  }

  async #handleRead(body: unknown): Promise<object> {
    if (!this.#mayAsk()) return this.#refuse(body, tooMuch);
    const message = this.#parse(readMessage, body);
    if (message === undefined) return this.#refuse(body, malformedRefusal);
    if (!this.#open.has(message.document)) return this.#refuse(body, hidden);
    await this.#services.store.markRead(message.document, this.session.person, message.seq);

    return { status: 'read' };
  }

  #handleLeave(body: unknown): object {
    if (!this.#mayAsk()) return this.#refuse(body, tooMuch);
    const message = this.#parse(leaveMessage, body);
    if (message === undefined) return this.#refuse(body, malformedRefusal);
    this.#leaveDocument(message.document);

    return { status: 'left' };
  }

  #leaveDocument(document: string): void {
    this.#open.get(document)?.channel.unsubscribe(this.session.id);
    this.#open.delete(document);
  }

  /** The compartment, if this person may read this register in it; hidden and missing look the same. */
  #readable(compartment: string, register: string): CompartmentFacts | undefined {
    const { access } = this.#services;
    const facts = access.compartment(compartment);
    const person = access.person(this.session.person);
    const declared = findRegister(register);
    if (facts === undefined || person === undefined || person.disabled || declared === undefined)
      return undefined;
    const resource = { audience: facts.audience, register: declared.name };
    const decision = decide(access.rules, { actor: person.actor, action: 'read', resource });

    return decision.effect === 'permit' ? facts : undefined;
  }

  #rightsIn({ audience, marking }: CompartmentFacts): DocumentRights {
    const { access } = this.#services;
    const person = access.person(this.session.person);
    if (person === undefined) throw new Error('rights need their actor');

    return { actor: person.actor, audience, marking, rules: access.rules };
  }
}

function isStateVector(bytes: Uint8Array | undefined): boolean {
  try {
    if (bytes !== undefined) decodeStateVector(bytes);

    return true;
  } catch {
    return false;
  }
}

/** The document that a message names, read or not. */
function documentIn(body: unknown): string {
  const { document } = (body ?? {}) as { readonly document?: unknown };

  return typeof document === 'string' ? document : '';
}

function sizeOfUpdate(body: unknown): number {
  const { update } = (body ?? {}) as { readonly update?: unknown };

  return update instanceof Uint8Array ? update.length : 0;
}

function refused(code: RejectionCode, message: string): Refusal {
  return { status: 'refused', code, message };
}

/** What does not exist and what may not be known answer alike. */
const hidden = refused('access.denied', 'This is not available.');

const malformedRefusal = refused('update.malformed', 'This message is not understood.');

const malformedUpdate = refused('update.malformed', 'This is no update.');

const notOpen = refused('access.denied', 'This document is not open.');

const tooLarge = refused('update.too-large', 'An update has at most 256 KiB. Send it in parts.');

const tooMuch = refused('rate.limited', 'Too much at once. Send the same again later.');

const outdated = refused('protocol.version', 'Reload to get the present version.');
