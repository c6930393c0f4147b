/** The history of one record as its fields need it: for each field its changes, newest first. */
import type { AuditChange, AuditEntry } from '@lodestone/api-contract';

export interface FieldChange {
  readonly seq: number;
  readonly at: Date;
  readonly author: { readonly id: string; readonly name: string; readonly party: string };
  /** The element of a set that was added or removed; undefined where the field as a whole changed. */
  readonly element?: string;
  readonly old: AuditChange['old'];
  readonly new: AuditChange['new'];
}

export interface RecordHistory {
  readonly byField: ReadonlyMap<string, readonly FieldChange[]>;
  /** The making of the record, where it is among the entries. */
  readonly birth?: FieldChange;
}

/** @param entries newest first, as the server gives them */
export function readHistory(entries: readonly AuditEntry[], record: string): RecordHistory {
  const byField = new Map<string, FieldChange[]>();
  let birth: FieldChange | undefined;
  for (const entry of entries) {
    if (entry.outcome !== 'admitted') continue;
    for (const change of entry.changes) {
      if (change.record !== record) continue;
      const [field = '', element] = change.field.split('/');
      const read: FieldChange = {
        seq: entry.seq,
        at: new Date(entry.at),
        author: entry.actor,
        old: change.old,
        new: change.new,
        ...(element !== undefined && { element }),
      };
      if (field === '') birth = read;
      else byField.set(field, [...(byField.get(field) ?? []), read]);
    }
  }

  return { byField, ...(birth !== undefined && { birth }) };
}

/** When a side of a text was last written: with its own entry, or with the record. */
export function lastWritten(history: RecordHistory, field: string): number | undefined {
  return history.byField.get(field)?.[0]?.seq ?? history.birth?.seq;
}
