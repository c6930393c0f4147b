/** The records of a register in a compartment: as they are committed now, or as they stood after an entry of the log. */
import { decide } from '@lodestone/access-policy';
import type { RecordItem, RecordsAnswer } from '@lodestone/api-contract';
import {
  findRegister,
  RegisterRecords,
  type Register,
  type Value,
} from '@lodestone/document-model';
import { Injectable } from '@nestjs/common';
import { AccessFacts } from '../access/access-facts.ts';
import { AppPool } from '../database/app-pool.ts';
import { RoomRegistry } from '../sync/room-registry.ts';

interface Place {
  readonly compartment: string;
  readonly register: Register;
}

@Injectable()
export class RecordsService {
  constructor(
    private readonly rooms: RoomRegistry,
    private readonly access: AccessFacts,
    private readonly pool: AppPool,
  ) {}

  /** The compartment and register, if this person may read them; hidden and missing alike are undefined. */
  locate(person: string, compartment: string, register: string): Place | undefined {
    const [facts, reader, declared] = [
      this.access.compartment(compartment),
      this.access.person(person),
      findRegister(register),
    ];
    if (facts === undefined || reader === undefined || declared === undefined) return undefined;
    const resource = { audience: facts.audience, register: declared.name };
    const decision = decide(this.access.rules, { actor: reader.actor, action: 'read', resource });

    return decision.effect === 'permit' ? { compartment, register: declared } : undefined;
  }

  async present({ compartment, register }: Place): Promise<RecordsAnswer> {
    return this.rooms.open(compartment).visit(register, (document, seq) => ({
      seq,
      records: toItems(document.records),
    }));
  }

  /**
   * From the projection of the log, so that it does not depend on what the document has become since. A sequence that is
   * yet to come is answered with the newest, and names that one.
   */
  async at({ compartment, register }: Place, wanted: number): Promise<RecordsAnswer> {
    const head = await this.pool.query<{ seq: number }>(
      'select seq from compartment_head where compartment = $1',
      [compartment],
    );
    const seq = Math.min(wanted, head.rows[0]?.seq ?? 0);
    const { rows } = await this.pool.query<{ record: string; field: string; value: Value }>(
      `select distinct on (record, field) record, field, new as value from cell_change
       where compartment = $1 and register = $2 and seq <= $3 order by record, field, seq desc`,
      [compartment, register.name, seq],
    );
    const cells = new Map(
      rows.map(
        ({ record, field, value }) =>
          [field === '' ? record : `${record}/${field}`, value] as const,
      ),
    );

    return { seq, records: toItems(new RegisterRecords(register, cells)) };
  }
}

function toItems(records: RegisterRecords): RecordItem[] {
  return [...records.ids()].sort().flatMap((id) => {
    const record = records.get(id);

    return record === undefined
      ? []
      : [{ id, fields: { ...record.fields } as RecordItem['fields'] }];
  });
}
