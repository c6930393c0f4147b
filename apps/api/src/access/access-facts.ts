/** What the evaluator must be told: people, compartments, rules and live sessions, as of one access version. */
import { Injectable } from '@nestjs/common';
import {
  builtInRules,
  isInAudience,
  type Actor,
  type Audience,
  type Role,
  type RuleSet,
} from '@lodestone/access-policy';
import {
  registers,
  type CompartmentId,
  type PartyCode,
  type Words,
} from '@lodestone/document-model';
import type { Queryable } from '../database/app-pool.ts';

export interface PersonFacts {
  readonly actor: Actor;
  readonly name: string;
  readonly disabled: boolean;
}

export interface CompartmentFacts {
  readonly id: CompartmentId;
  readonly name: Words;
  readonly marking: string;
  readonly audience: Audience;
}

interface Facts {
  readonly version: number;
  readonly people: ReadonlyMap<string, PersonFacts>;
  readonly compartments: ReadonlyMap<string, CompartmentFacts>;
  readonly sessions: Set<string>;
}

const nothing: Facts = {
  version: 0,
  people: new Map(),
  compartments: new Map(),
  sessions: new Set(),
};

@Injectable()
export class AccessFacts {
  #facts: Facts = nothing;
  /** Of connections that came in: whoever reads the sessions anew must not overlook those that came meanwhile. */
  readonly #noted = new Set<string>();
  /** Drawn from the registers; administrators' own roles come with their issue. */
  readonly rules: RuleSet = builtInRules(registers);

  get version(): number {
    return this.#facts.version;
  }

  person(id: string): PersonFacts | undefined {
    return this.#facts.people.get(id);
  }

  compartment(id: string): CompartmentFacts | undefined {
    return this.#facts.compartments.get(id);
  }

  /** The compartments a person is in, the narrowest audience first. */
  compartmentsOf(actor: Actor): readonly CompartmentFacts[] {
    const width = ({ audience }: CompartmentFacts) =>
      audience.everyone ? Number.MAX_SAFE_INTEGER : audience.parties.length;

    return [...this.#facts.compartments.values()]
      .filter(({ audience }) => isInAudience(actor, audience))
      .sort((a, b) => width(a) - width(b) || (a.id < b.id ? -1 : 1));
  }

  /** A session is known from its connection on; when the version moves, those that ended are forgotten. */
  noteSession(sid: string): void {
    this.#noted.add(sid);
    this.#facts.sessions.add(sid);
  }

  isLive(sid: string): boolean {
    return this.#facts.sessions.has(sid);
  }

  /** Reads everything anew where the version has moved. Within a turn the caller holds the access row. */
  async refresh(database: Queryable, version: number): Promise<void> {
    if (version <= this.#facts.version) return;
    const people = await database.query<PersonRow>(
      'select id, name, party, roles, disabled_at is not null as disabled from person',
    );
    const compartments = await database.query<CompartmentRow>(
      'select id, name_en, name_ja, marking, parties, everyone from compartment',
    );
    const sessions = await this.#readSessions(database);
    // A turn may have read later facts meanwhile, and others decide by them already.
    if (version <= this.#facts.version) return;
    for (const sid of this.#noted) if (!sessions.has(sid)) this.#noted.delete(sid);
    this.#facts = {
      version,
      people: new Map(people.rows.map((row) => [row.id, toPerson(row)])),
      compartments: new Map(compartments.rows.map((row) => [row.id, toCompartment(row)])),
      sessions,
    };
  }

  /** Ends in the same step in which it finds that nobody has come in since it last asked. */
  async #readSessions(database: Queryable): Promise<Set<string>> {
    const all = await database.query<{ sid: string }>(
      'select sid from session where expire > now()',
    );
    const live = new Set(all.rows.map(({ sid }) => sid));
    const ended = new Set<string>();
    for (;;) {
      const unknown = [...this.#noted].filter((sid) => !live.has(sid) && !ended.has(sid));
      if (unknown.length === 0) return live;
      const late = await database.query<{ sid: string }>(
        'select sid from session where expire > now() and sid = any($1)',
        [unknown],
      );
      for (const sid of unknown) ended.add(sid);
      for (const { sid } of late.rows) live.add(sid);
    }
  }

  /** The version as committed now. */
  async readVersion(database: Queryable): Promise<number> {
    const { rows } = await database.query<{ version: number }>(
      'select version from access_version where id = 1',
    );

    return rows[0]?.version ?? 0;
  }
}

interface PersonRow {
  readonly id: string;
  readonly name: string;
  readonly party: PartyCode;
  readonly roles: readonly Role[];
  readonly disabled: boolean;
}

interface CompartmentRow {
  readonly id: CompartmentId;
  readonly name_en: string;
  readonly name_ja: string;
  readonly marking: string;
  readonly parties: readonly PartyCode[];
  readonly everyone: boolean;
}

function toPerson({ id, name, party, roles, disabled }: PersonRow): PersonFacts {
  return { actor: { person: id, party, roles }, name, disabled };
}

function toCompartment(row: CompartmentRow): CompartmentFacts {
  return {
    id: row.id,
    name: { en: row.name_en, ja: row.name_ja },
    marking: row.marking,
    audience: { everyone: row.everyone, parties: row.parties },
  };
}
