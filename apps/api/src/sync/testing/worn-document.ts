/** A document with a long past, written into the database at once: the same entries as people would have made one by one. */
import { randomBytes } from 'node:crypto';
import {
  appendLeaf,
  decodeFrontier,
  encodeFrontier,
  entryLeaf,
  type EntryMeta,
  type Json,
} from '@lodestone/audit-log';
import * as Y from 'yjs';
import type { LoggedChange, LoggedEntry } from '../log-entry.ts';
import { appendTurns } from '../turn-statements.ts';
import { project } from './client.ts';
import type { TestNode, TestPerson } from './node.ts';

export interface Past {
  readonly records: number;
  readonly overwrites: number;
  /** One edit for each of them. */
  readonly clientIds: number;
}

const fields = ['notes', 'status'] as const;
/** Long enough ago that nobody's edit of today is a conflict with it. */
const recordedAt = '2026-01-05T09:00:00.000Z';
const entriesATime = 500;
const birthsEach = 200;

interface Written {
  readonly clientId: number;
  readonly values: Readonly<Record<string, Json>>;
  readonly cells: Y.Map<Json>;
}

/**
 * Projects `r0`, `r1`, ...; their notes and status have been overwritten in turn, each time by another client id. Each
 * part of the records is made in a Yjs document of its own, since an edit of one with 10,000 client ids takes its time.
 */
export async function writePast(
  node: TestNode,
  document: string,
  { past, person }: { readonly past: Past; readonly person: TestPerson },
): Promise<void> {
  const [compartment = ''] = document.split('/');
  await node.store.load(compartment, 'project', 0);
  const writer = new PastWriter(node, compartment, person);
  const parts = divide(past);
  for (const [part, { ids, cells }] of parts.entries()) {
    for (let first = 0; first < ids.length; first += birthsEach) {
      const births = ids.slice(first, first + birthsEach).map((id) => [id, born(id)]);
      await writer.write({ clientId: 2 + part, values: toValues(births), cells });
    }
  }
  const each = Math.ceil(past.overwrites / past.clientIds);
  for (let at = 0; at < past.clientIds; at += 1) {
    const { ids, cells } = parts[at % parts.length] as Part;
    const values = Array.from({ length: each }, (_, index) => {
      const value = at * each + index;
      const field = fields[value % fields.length] ?? 'notes';

      return [`${ids[value % ids.length] ?? ''}/${field}`, `value ${String(value)}`];
    });
    await writer.write({ clientId: 1_000 + at * 7_919, values: toValues(values), cells });
  }
  await writer.finish(parts);
}

interface Part {
  readonly ids: readonly string[];
  readonly cells: Y.Map<Json>;
}

function divide({ records, clientIds }: Past): readonly Part[] {
  const count = Math.ceil(clientIds / 200);

  return Array.from({ length: count }, (_, part) => ({
    ids: Array.from({ length: records }, (_unused, at) => at)
      .filter((at) => at % count === part)
      .map((at) => `r${String(at)}`),
    cells: new Y.Doc().getMap<Json>('project'),
  }));
}

function born(id: string): Json {
  return project(`Project ${id}`, { materials: ['dy', 'nd'], sponsors: 'Sponsors' }) as Json;
}

function toValues(entries: readonly unknown[]): Written['values'] {
  return Object.fromEntries(entries as [string, Json][]);
}

class PastWriter {
  readonly #node: TestNode;
  readonly #compartment: string;
  readonly #person: TestPerson;
  #entries: LoggedEntry[] = [];
  #changes: LoggedChange[] = [];
  #seq = 0;
  #frontier = decodeFrontier(new Uint8Array());

  constructor(node: TestNode, compartment: string, person: TestPerson) {
    this.#node = node;
    this.#compartment = compartment;
    this.#person = person;
  }

  async write(written: Written): Promise<void> {
    this.#seq += 1;
    const changes = this.#changesOf(written);
    const payload = { salt: randomBytes(16), update: this.#apply(written), changes };
    const meta = this.#metaOf(written);
    const leaf = entryLeaf(meta, payload);
    this.#entries.push({ meta, payload, leaf });
    if (this.#entries.length >= entriesATime) await this.#append();
  }

  async finish(parts: readonly Part[]): Promise<void> {
    await this.#append();
    const states = parts.map(({ cells }) => Y.encodeStateAsUpdate(cells.doc as Y.Doc));
    await this.#node.store.saveSnapshot({
      document: `${this.#compartment}/project`,
      generation: 1,
      seq: this.#seq,
      state: Y.mergeUpdates(states),
    });
  }

  #apply({ clientId, values, cells }: Written): Uint8Array {
    const made: Uint8Array[] = [];
    const keep = (update: Uint8Array) => made.push(update);
    const doc = cells.doc as Y.Doc;
    doc.clientID = clientId;
    doc.on('update', keep);
    doc.transact(() => {
      for (const [key, value] of Object.entries(values)) cells.set(key, value);
    });
    doc.off('update', keep);

    return made[0] ?? new Uint8Array();
  }

  #changesOf({ values, cells }: Written): Json {
    return Object.entries(values).map(([key, value]) => {
      const [record = '', field = ''] = key.split('/');
      const old = cells.get(key) ?? null;
      this.#changes.push({
        ...{ register: 'project', record, field, seq: this.#seq, old, new: value },
        ...{ person: this.#person.id, recordedAt },
      });

      return { record, field, op: field === '' ? 'create' : 'set', old, new: value };
    });
  }

  #metaOf({ clientId }: Written): EntryMeta {
    return {
      ...{ version: 1, log: this.#compartment, seq: this.#seq, action: 'record.updated' },
      ...{ outcome: 'admitted', recordedAt, actor: this.#person.id, party: this.#person.party },
      ...{ roles: ['editor'], session: 'past', document: `${this.#compartment}/project` },
      ...{ generation: 1, edit: `past-${String(this.#seq)}`, clientId, clock: 0 },
      ...{ seen: this.#seq - 1, accessVersion: 1, schemaVersion: 1 },
    };
  }

  async #append(): Promise<void> {
    const from = { seq: 0, frontier: encodeFrontier(this.#frontier) };
    for (const { meta, leaf } of this.#entries)
      this.#frontier = appendLeaf(this.#frontier, meta.seq - 1, leaf);
    const head = { seq: this.#seq, frontier: encodeFrontier(this.#frontier) };
    const turn = { head, entries: this.#entries, changes: this.#changes, conflicts: [] };
    const turns = [{ compartment: this.#compartment, from, turn }];
    const appended = await appendTurns(this.#node.pool, turns, this.#node.access.version);
    if (appended.outcome !== 'appended' || appended.compartments.size === 0)
      throw new Error('the past was not written');
    [this.#entries, this.#changes] = [[], []];
  }
}
