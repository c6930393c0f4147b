/** Reads the history for people: the entries of the compartments they are in, newest first. */
import type { AuditAnswer, AuditEntry, AuditQuery } from '@lodestone/api-contract';
import { Injectable } from '@nestjs/common';
import { AccessFacts } from '../access/access-facts.ts';
import { AppPool } from '../database/app-pool.ts';
import { workspaceActor } from '../sync/workspace-actor.ts';

interface EntryRow {
  readonly compartment: string;
  readonly seq: number;
  readonly document: string;
  readonly action: string;
  readonly outcome: AuditEntry['outcome'];
  readonly actor: string;
  readonly party: string;
  readonly roles: AuditEntry['actor']['roles'];
  readonly recorded_at: Date;
  readonly edit: string | null;
  readonly name: string | null;
  readonly changes: AuditEntry['changes'] | null;
  readonly refusals: AuditEntry['refusals'] | null;
}

@Injectable()
export class AuditEntriesService {
  constructor(
    private readonly pool: AppPool,
    private readonly access: AccessFacts,
  ) {}

  async find(person: string, query: AuditQuery): Promise<AuditAnswer> {
    const reader = this.access.person(person);
    const readable =
      reader === undefined
        ? []
        : this.access.compartmentsOf(reader.actor).map(({ id }) => id as string);
    const compartments = readable.filter(
      (id) => query.compartment === undefined || query.compartment === id,
    );
    const before = readCursor(query.after);
    const { rows } = await this.pool.query<EntryRow>(findEntries, [
      compartments,
      query.actor ?? null,
      query.party ?? null,
      query.register ?? null,
      query.record ?? null,
      query.field ?? null,
      query.action ?? null,
      toSeconds(query.from),
      toSeconds(query.to),
      toSeconds(before?.at),
      before?.compartment ?? null,
      before?.seq ?? null,
      query.limit + 1,
      reader?.actor.roles.includes('auditor') === true ? reader.actor.party : null,
    ]);
    const entries = rows.slice(0, query.limit);

    return {
      entries: entries.map(toEntry),
      next: rows.length > entries.length ? cursorOf(entries.at(-1)) : null,
    };
  }
}

/**
 * Entries with the changes of theirs that the filter asks for; a refusal is for the auditors of its author's party. A filter by record or field goes through the projection,
 * whose key it is; refusals changed nothing and are found by compartment, actor and time alone.
 */
const findEntries = `
  select entry.compartment, entry.seq, entry.document, entry.action, entry.outcome, entry.actor, entry.party,
    entry.roles, entry.recorded_at, entry.edit, person.name, changed.changes,
    case when entry.outcome = 'refused' then entry.changes end as refusals
  from log_entry entry
  left join person on person.id = entry.actor
  left join lateral (
    select jsonb_agg(jsonb_build_object('register', register, 'record', record, 'field', field, 'old', old, 'new', new)
      order by record, field) as changes
    from cell_change change
    where change.compartment = entry.compartment and change.seq = entry.seq
      and ($4::text is null or register = $4) and ($5::text is null or record = $5)
      and ($6::text is null or field = $6 or starts_with(field, $6 || '/'))
  ) changed on true
  where entry.compartment = any($1)
    and (entry.outcome = 'admitted' or entry.party = $14::text)
    and ($2::uuid is null or entry.actor = $2) and ($3::text is null or entry.party = $3)
    and ($7::text is null or entry.action = $7)
    and ($8::float8 is null or entry.recorded_at >= to_timestamp($8))
    and ($9::float8 is null or entry.recorded_at < to_timestamp($9))
    and ($10::float8 is null
      or (entry.recorded_at, entry.compartment, entry.seq) < (to_timestamp($10), $11::text, $12::bigint))
    and (coalesce($4, $5, $6) is null or (entry.compartment, entry.seq) in (
      select compartment, seq from cell_change
      where compartment = any($1) and ($4::text is null or register = $4) and ($5::text is null or record = $5)
        and ($6::text is null or field = $6 or starts_with(field, $6 || '/'))))
  order by entry.recorded_at desc, entry.compartment desc, entry.seq desc
  limit $13`;

function toEntry(row: EntryRow): AuditEntry {
  return {
    compartment: row.compartment,
    seq: row.seq,
    document: row.document,
    action: row.action,
    outcome: row.outcome,
    actor: { id: row.actor, name: nameOf(row), party: row.party, roles: row.roles },
    at: row.recorded_at.toISOString(),
    edit: row.edit,
    changes: row.changes ?? [],
    ...(row.refusals && { refusals: row.refusals }),
  };
}

/** Nobody is behind what the workspace did by itself. */
function nameOf({ actor, name }: EntryRow): string {
  return name ?? (actor === workspaceActor.person ? workspaceActor.name : '');
}

function cursorOf(row: EntryRow | undefined): string | null {
  return row === undefined
    ? null
    : `${row.recorded_at.toISOString()}~${row.compartment}~${String(row.seq)}`;
}

/** A cursor that is none of ours finds the newest entries. */
function readCursor(after = ''): Pick<AuditEntry, 'at' | 'compartment' | 'seq'> | undefined {
  const [, at, compartment, seq] = /^([\d-]+T[\d:.]+Z)~([a-z0-9-]+)~(\d{1,15})$/.exec(after) ?? [];
  if (at === undefined || compartment === undefined || Number.isNaN(Date.parse(at)))
    return undefined;

  return { at, compartment, seq: Number(seq) };
}

/** A moment as PostgreSQL takes it whatever its year and zone; entries are recorded to the millisecond. */
function toSeconds(moment: string | undefined): number | null {
  return moment === undefined ? null : Date.parse(moment) / 1000;
}
