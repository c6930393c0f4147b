/** Who a person is to the rest of the server, and who acts in a session. */
import type { Language, Role, User } from '@lodestone/api-contract';

export type PersonId = string & { readonly __brand: 'PersonId' };

/** The SHA-256 of what the cookie holds: names a session in the database and in the log, and opens nothing. */
export type SessionId = string & { readonly __brand: 'SessionId' };

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  readonly party: string;
  readonly roles: readonly Role[];
  readonly language: Language;
  readonly disabled: boolean;
}

/** The person of a live session, as the database knew him when the session was last looked at. */
export interface SessionActor {
  readonly person: PersonId;
  readonly name: string;
  readonly party: string;
  readonly roles: readonly Role[];
  readonly language: Language;
  readonly session: SessionId;
}

export function toActor(person: Person, session: SessionId): SessionActor {
  const { id, name, party, roles, language } = person;

  return { person: id, name, party, roles, language, session };
}

export function toUser(actor: SessionActor): User {
  const { person, name, party, roles, language } = actor;

  return { id: person, name, party, roles: [...roles], language };
}
