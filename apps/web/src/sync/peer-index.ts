/** Who stands at which record, over all documents of a register. */
import type { RecordId } from '@lodestone/document-model';
import type { PersonPresent } from '@lodestone/sync-protocol';
import type { Peer } from '../registers/register-view.ts';
import { keepKnown } from './keep-known.ts';

export class PeerIndex {
  readonly #byDocument = new Map<string, readonly PersonPresent[]>();
  #byRecord: ReadonlyMap<RecordId, readonly Peer[]> = new Map();

  at(record: RecordId): readonly Peer[] | undefined {
    return this.#byRecord.get(record);
  }

  everyone(): readonly PersonPresent[] {
    return [...this.#byDocument.values()].flat();
  }

  /** @returns the records at which somebody stands otherwise than before */
  replace(document: string, people: readonly PersonPresent[]): ReadonlySet<RecordId> {
    this.#byDocument.set(document, people);
    const next = new Map<RecordId, Peer[]>();
    for (const { session, user, name, party, at, editing } of this.everyone()) {
      if (at === null) continue;
      const record = at.record as RecordId;
      const peer: Peer = { session, person: user, name, party, field: at.field, record, editing };
      next.set(record, [...(next.get(record) ?? []), peer]);
    }
    const { map, touched } = keepKnown<RecordId, readonly Peer[]>(this.#byRecord, next, isSame);
    this.#byRecord = map;

    return touched;
  }
}

function isSame(before: readonly Peer[], after: readonly Peer[]): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
