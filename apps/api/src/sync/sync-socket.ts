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
import type { z } from 'zod';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import { toBuffer, type Channel } from './channel.ts';
import { leaseClientId } from './leases.ts';
import type { PostgresDocumentStore } from './postgres-document-store.ts';
import type { Room } from './room.ts';
import type { RoomRegistry } from './room-registry.ts';
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
}

interface Services {
  readonly rooms: RoomRegistry;
  readonly access: AccessFacts;
  readonly store: PostgresDocumentStore;
}

type Send = (event: string, body: object) => void;

/** Something a client sends, what it is called, and what answers it. */
export type SyncHandler = (body: unknown) => Promise<object> | object | undefined;

export class SyncSocket {
  readonly session: SyncSession;
  readonly #services: Services;
  readonly #send: Send;
  readonly #open = new Map<string, OpenDocument>();
  /** Documents being opened: a second `open` of the same one waits for the first. */
  readonly #opening = new Map<string, Promise<unknown>>();
  #disconnected = false;

  constructor(session: SyncSession, services: Services, send: Send) {
    this.session = session;
    this.#services = services;
    this.#send = send;
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
    const message = parse(openMessage, body);
    if (message === undefined) return malformedRefusal;
    if (message.protocol !== protocolVersion)
      return refused('protocol.version', 'Reload to get the present version.');
    const before = this.#opening.get(message.document);
    const opening = (before ?? Promise.resolve()).then(() => this.#openDocument(message));
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

  async #openDocument(message: OpenMessage): Promise<OpenAnswer<DocumentRights>> {
    const parts = parseDocumentName(message.document);
    if (parts === undefined) return hidden;
    const register = findRegister(parts.register);
    const facts = this.#readable(parts.compartment, parts.register);
    if (register === undefined || facts === undefined) return hidden;
    const room = this.#services.rooms.open(facts.id);
    this.#leaveDocument(message.document);

    return room.visit(register, async (document, seq) => {
      const channel = room.channelOf(register);
      const sameGeneration = message.generation === document.generation;
      const clientId = await leaseClientId(this.#services.store, {
        lease: {
          document: document.name,
          generation: document.generation,
          person: this.session.person,
          device: message.device,
        },
        clientId: sameGeneration ? message.clientId : undefined,
        isInUse: (id) => channel.holdsClientId(id),
      });
      // While it was opened the socket may have gone, and rights may have been taken away.
      const present = this.#disconnected
        ? undefined
        : this.#readable(parts.compartment, parts.register);
      if (present === undefined) return hidden;
      channel.flush();
      channel.subscribe({ session: this.session, clientId, send: this.#send }, seq);
      this.#open.set(message.document, { room, register, channel, clientId });
      this.#sendAfterAnswer(message.document, room, channel);

      return {
        status: 'open' as const,
        document: message.document,
        clientId,
        generation: document.generation,
        seq,
        update: toBuffer(document.encode(sameGeneration ? message.stateVector : undefined)),
        rights: this.#rightsIn(present),
      };
    });
  }

  /** Who is here, and which conflicts have not been shown yet: after the answer to `open`, so that they find the document. */
  #sendAfterAnswer(document: string, room: Room, channel: Channel): void {
    setImmediate(() => {
      this.#send('presence', { document, ...channel.presence.everyone() });
      void this.#services.store.unreadConflicts(document, this.session.person).then(
        (conflicts) => {
          for (const conflict of conflicts) this.#send('conflict', room.toConflictEvent(conflict));
        },
        () => undefined,
      );
    });
  }

  async #handleUpdate(body: unknown): Promise<UpdateAnswer> {
    const message = parse(updateMessage, body);
    if (message === undefined) return rejected('update.malformed', 'This is no update.');
    const open = this.#open.get(message.document);
    if (open === undefined) return rejected('access.denied', 'This document is not open.');
    if (message.update.length > largestUpdate) {
      return rejected('update.too-large', 'An update has at most 256 KiB. Send it in parts.');
    }
    const { room, register, channel, clientId } = open;
    const sent = channel.sentTo(this.session.id) ?? 0;

    return new Promise((answer) => {
      room.submit({
        session: this.session,
        register,
        clientId,
        // The decoder reads an array of its own: the message's buffer is pooled and shared.
        update: Uint8Array.from(message.update),
        edit: message.edit ?? null,
        // Nobody has seen what he was not sent: a larger number would hide his own conflicts.
        seen: Math.min(message.seen ?? sent, sent),
        answer,
      });
    });
  }

  #handlePresence(body: unknown): void {
    const message = parse(presenceMessage, body);
    const person = this.#services.access.person(this.session.person);
    if (message === undefined || person === undefined) return;
    const { id, person: user } = this.session;
    const who = { session: id, user, name: person.name, party: person.actor.party };
    this.#open.get(message.document)?.channel.presence.stand(who, message.at, message.editing);
  }

  async #handleRead(body: unknown): Promise<object> {
    const message = parse(readMessage, body);
    if (message === undefined) return malformedRefusal;
    if (!this.#open.has(message.document)) return hidden;
    await this.#services.store.markRead(message.document, this.session.person, message.seq);

    return { status: 'read' };
  }

  #handleLeave(body: unknown): object {
    const message = parse(leaveMessage, body);
    if (message === undefined) return malformedRefusal;
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

function parse<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): z.infer<Schema> | undefined {
  const result = schema.safeParse(body);

  return result.success ? result.data : undefined;
}

function refused(code: RejectionCode, message: string): Refusal {
  return { status: 'refused', code, message };
}

function rejected(code: RejectionCode, message: string): UpdateAnswer {
  return { status: 'rejected', code, message, changes: [] };
}

/** What does not exist and what may not be known answer alike. */
const hidden = refused('access.denied', 'This is not available.');

const malformedRefusal = refused('update.malformed', 'This message is not understood.');
