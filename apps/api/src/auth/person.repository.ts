/** Reads and writes accounts; the only place that maps the stored row to a person. */
import { randomUUID } from 'node:crypto';

import { type Language, languageSchema, type Role, roleSchema } from '@lodestone/api-contract';
import { Injectable } from '@nestjs/common';
import { DataSource, Raw, type Repository } from 'typeorm';

import { PersonEntity } from './person.entity.ts';
import type { Person, PersonId } from './person.ts';

interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly party: string;
  readonly roles: readonly Role[];
  readonly language: Language;
  readonly passwordHash: string;
}

/** A person with what his sign-in is checked against. */
export interface Account {
  readonly person: Person;
  /** Undefined: no password opens this account. */
  readonly passwordHash: string | undefined;
}

@Injectable()
export class PersonRepository {
  readonly #rows: Repository<PersonEntity>;

  constructor(dataSource: DataSource) {
    this.#rows = dataSource.getRepository(PersonEntity);
  }

  async findById(id: PersonId): Promise<Person | undefined> {
    const row = await this.#rows.findOneBy({ id });

    return row ? toPerson(row) : undefined;
  }

  async findAccount(email: string): Promise<Account | null> {
    const row = await this.#rows.findOneBy({
      email: Raw((column) => `lower(${column}) = :email`, { email: normalizeEmail(email) }),
    });

    return row && { person: toPerson(row), passwordHash: row.passwordHash ?? undefined };
  }

  /** The access version moves with it: what knows people by that version then knows this one. */
  async insert(person: NewPerson): Promise<PersonId> {
    const id = randomUUID() as PersonId;

    await this.#rows.manager.transaction(async (manager) => {
      await manager.query('UPDATE access_version SET version = version + 1 WHERE id = 1');
      await manager.getRepository(PersonEntity).insert({
        ...person,
        id,
        email: normalizeEmail(person.email),
        roles: [...person.roles],
        disabledAt: null,
      });
    });

    return id;
  }

  async setLanguage(id: PersonId, language: Language): Promise<void> {
    await this.#rows.update({ id }, { language });
  }

  /** Replaces the hash that was read, and nothing newer: a password changed in between stays. */
  async replacePasswordHash(id: PersonId, read: string, replacement: string): Promise<void> {
    await this.#rows.update({ id, passwordHash: read }, { passwordHash: replacement });
  }
}

/** Addresses differ by more than case and form of writing. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase();
}

function toPerson(row: PersonEntity): Person {
  return {
    id: row.id as PersonId,
    name: row.name,
    party: row.party,
    roles: row.roles.map((role) => roleSchema.parse(role)),
    language: languageSchema.parse(row.language),
    disabled: row.disabledAt !== null,
  };
}
