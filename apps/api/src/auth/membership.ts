/** Which compartments a person is in, and by which rules he acts there. */
import { builtInRules, type Rule } from '@lodestone/access-policy';
import type { Compartment } from '@lodestone/api-contract';
import { registers } from '@lodestone/document-model';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { SessionActor } from './person.ts';

interface CompartmentRow {
  readonly id: string;
  readonly name_en: string;
  readonly name_ja: string;
  readonly marking: string;
  readonly parties: string[];
}

@Injectable()
export class Membership {
  readonly #rules = builtInRules(registers);

  constructor(private readonly dataSource: DataSource) {}

  /** The narrowest audience first. */
  async compartmentsOf({ party }: Pick<SessionActor, 'party'>): Promise<Compartment[]> {
    const rows = await this.dataSource.query<CompartmentRow[]>(
      `SELECT id, name_en, name_ja, marking, parties FROM compartment
       WHERE everyone OR $1 = ANY(parties)
       ORDER BY everyone, cardinality(parties), id`,
      [party],
    );

    return rows.map(({ id, name_en: en, name_ja: ja, marking, parties }) => ({
      id,
      name: { en, ja },
      marking,
      parties,
    }));
  }

  /**
   * The rules the client asks before it lets somebody try. All of them, since a denial names who may; the built-in ones
   * follow from the registers' declarations and say nothing about anybody.
   */
  permissions(): readonly Rule[] {
    return this.#rules;
  }
}
