/**
 * Loads the sample workspace into an empty database: people and compartments in one transaction, then the records, as
 * edits through the rooms like everybody's. Interrupted, it goes on at the next start: edits bear fixed ids.
 */
import { Injectable, Logger } from '@nestjs/common';
import {
  findRegister,
  formatCellKey,
  type Birth,
  type RecordId,
  type Register,
} from '@lodestone/document-model';
import * as Y from 'yjs';
import { AccessFacts } from '../access/access-facts.ts';
import { PasswordHasher } from '../auth/password-hasher.service.ts';
import { AppPool, type Queryable } from '../database/app-pool.ts';
import { PostgresDocumentStore } from '../sync/postgres-document-store.ts';
import { leaseClientId } from '../sync/leases.ts';
import { RoomRegistry } from '../sync/room-registry.ts';
import { sampleWorkspace, type SampleRecord } from './sample-workspace.ts';

/** Records of one edit: well below the largest update. */
const recordsPerEdit = 25;
const sampleCompartment = 'public';
/** Whose hand the sample is: the account that keeps the reference lists. */
const loader = 'secretariat';

@Injectable()
export class SampleLoader {
  readonly #log = new Logger('Sample');

  constructor(
    private readonly pool: AppPool,
    private readonly hasher: PasswordHasher,
    private readonly rooms: RoomRegistry,
    private readonly access: AccessFacts,
    private readonly store: PostgresDocumentStore,
  ) {}

  /** @returns whether the accounts were made just now. */
  async load(password: string): Promise<boolean> {
    const isEmpty = await this.#isEmpty();
    if (isEmpty) await this.#loadPeople(password);
    await this.rooms.readAccess();
    await this.#loadRecords();

    return isEmpty;
  }

  async #isEmpty(): Promise<boolean> {
    const { rows } = await this.pool.query('select from person limit 1');

    return rows.length === 0;
  }

  async #loadPeople(password: string): Promise<void> {
    const { accounts, compartments, parties } = sampleWorkspace;
    const hashes = await Promise.all(accounts.map(() => this.hasher.hash(password)));
    await this.pool.transact(async (transaction) => {
      for (const { iso3, name } of parties) {
        await transaction.query('insert into party (iso3, name_en, name_ja) values ($1, $2, $3)', [
          iso3,
          name.en,
          name.ja,
        ]);
      }
      for (const [index, { email, name, party, roles, language }] of accounts.entries()) {
        await transaction.query(
          'insert into person (email, name, party, roles, language, password_hash) values ($1, $2, $3, $4, $5, $6)',
          [email, name, party, roles, language, hashes[index]],
        );
      }
      for (const { id, name, marking, owner, parties: members, everyone } of compartments) {
        await transaction.query(
          `insert into compartment (id, name_en, name_ja, marking, owner_party, parties, everyone)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [id, name.en, name.ja, marking, owner, members, everyone],
        );
        await transaction.query('insert into compartment_head (compartment) values ($1)', [id]);
      }
      await transaction.query('update access_version set version = version + 1');
    });
    this.#log.log(
      `made ${String(accounts.length)} sample accounts and ${String(compartments.length)} compartments`,
    );
  }

  async #loadRecords(): Promise<void> {
    const person = await this.#loaderId(this.pool);
    if (person === undefined) return;
    const { rows } = await this.pool.query<{ edit: string }>(
      `select edit from log_entry where compartment = $1 and edit like 'sample-%' and outcome = 'admitted'`,
      [sampleCompartment],
    );
    const loaded = new Set(rows.map(({ edit }) => edit));
    for (const [name, records] of sampleWorkspace.records) {
      const register = findRegister(name);
      if (register === undefined)
        throw new Error(`the sample has records of ${name}, which is no register`);
      for (let first = 0; first < records.length; first += recordsPerEdit) {
        const edit = `sample-${name}-${String(first)}`;
        if (loaded.has(edit)) continue;
        await this.#submit(register, records.slice(first, first + recordsPerEdit), {
          edit,
          person,
        });
      }
    }
  }

  async #loaderId(database: Queryable): Promise<string | undefined> {
    const { rows } = await database.query<{ id: string }>(
      'select id from person where email = $1',
      [`${loader}@lodestone.example`],
    );

    return rows[0]?.id;
  }

  async #submit(
    register: Register,
    records: readonly SampleRecord[],
    { edit, person }: { readonly edit: string; readonly person: string },
  ): Promise<void> {
    const room = this.rooms.open(sampleCompartment);
    const { clientId, generation } = await room.visit(register, async ({ name, generation }) => ({
      clientId: await leaseClientId(this.store, {
        lease: { document: name, generation, person, device: 'sample' },
        clientId: undefined,
        isInUse: () => false,
      }),
      generation,
    }));
    const answer = await new Promise<{ status: string; message?: string }>((resolve) => {
      room.submit({
        session: { id: 'sample', session: 'sample', person },
        register,
        clientId,
        generation,
        update: toUpdate(register, records, clientId),
        edit,
        seen: 0,
        unquestioned: true,
        answer: resolve,
      });
    });
    if (answer.status !== 'committed') {
      throw new Error(`the sample's ${edit} was not accepted: ${JSON.stringify(answer)}`);
    }
  }
}

function toUpdate(
  register: Register,
  records: readonly SampleRecord[],
  clientId: number,
): Uint8Array {
  const document = new Y.Doc();
  document.clientID = clientId;
  document.transact(() => {
    const cells = document.getMap<Birth>(register.name);
    for (const { id, fields } of records) cells.set(formatCellKey(id as RecordId), fields);
  });

  return Y.encodeStateAsUpdate(document);
}
