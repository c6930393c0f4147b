/** The turns of several compartments in one statement: what moves the heads, and what they write. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
-- One round trip and one commit, whichever rooms are ready. Every head moves from the frontier that its room knows (never
-- from its number: two processes can want the same one), or nothing of that turn is written. A head that another
-- transaction holds counts as moved: nobody waits here, so nobody can be held up by another room, nor die of a deadlock.
-- Answers the compartments that were written; null where rights have changed, and then nothing is.
--
-- Volatile, so that each statement in it sees what was committed before it began: the version is read behind the lock.
create function append_turns(
  known_access bigint,
  head_compartments text[], known_frontiers bytea[], head_seqs bigint[], head_frontiers bytea[],
  entry_compartments text[], entry_seqs bigint[], entry_documents text[], entry_generations integer[],
  entry_actions text[], entry_outcomes text[], entry_actors uuid[], entry_parties text[], entry_roles jsonb[],
  entry_sessions text[], entry_times timestamptz[], entry_edits text[], entry_client_ids bigint[],
  entry_clocks bigint[], entry_seens bigint[], entry_access_versions bigint[], entry_schema_versions integer[],
  entry_updates bytea[], entry_changes jsonb[], entry_salts bytea[], entry_leaves bytea[],
  change_compartments text[], change_registers text[], change_records text[], change_fields text[],
  change_seqs bigint[], change_olds jsonb[], change_news jsonb[], change_people uuid[], change_times timestamptz[],
  conflict_compartments text[], conflict_documents text[], conflict_seqs bigint[], conflict_records text[],
  conflict_fields text[], conflict_kept_values jsonb[], conflict_kept_by uuid[], conflict_other_values jsonb[],
  conflict_other_by uuid[]
) returns text[] language plpgsql volatile as $$
declare
  written text[];
begin
  lock table access_version in share mode;
  if (select version from access_version where id = 1) <> known_access then
    return null;
  end if;

  select array_agg(held.compartment) into written from (
    select head.compartment from unnest(head_compartments, known_frontiers) as known (compartment, frontier)
    join compartment_head as head on head.compartment = known.compartment and head.frontier = known.frontier
    for update of head skip locked
  ) as held;
  if written is null then
    return '{}';
  end if;

  update compartment_head as head set seq = next.seq, frontier = next.frontier
  from unnest(head_compartments, head_seqs, head_frontiers) as next (compartment, seq, frontier)
  where head.compartment = next.compartment and head.compartment = any(written);

  insert into log_entry (compartment, seq, document, generation, action, outcome, actor, party, roles, session,
    recorded_at, edit, client_id, clock, seen, access_version, schema_version, update, changes, salt, leaf)
  select * from unnest(entry_compartments, entry_seqs, entry_documents, entry_generations, entry_actions,
    entry_outcomes, entry_actors, entry_parties, entry_roles, entry_sessions, entry_times, entry_edits,
    entry_client_ids, entry_clocks, entry_seens, entry_access_versions, entry_schema_versions, entry_updates,
    entry_changes, entry_salts, entry_leaves) as entry (compartment)
  where entry.compartment = any(written);

  if cardinality(change_compartments) > 0 then
    insert into cell_change (compartment, register, record, field, seq, old, new, person, recorded_at)
    select * from unnest(change_compartments, change_registers, change_records, change_fields, change_seqs,
      change_olds, change_news, change_people, change_times) as change (compartment)
    where change.compartment = any(written);
  end if;

  if cardinality(conflict_compartments) > 0 then
    insert into conflict (compartment, document, seq, record, field, kept_value, kept_by, other_value, other_by)
    select * from unnest(conflict_compartments, conflict_documents, conflict_seqs, conflict_records,
      conflict_fields, conflict_kept_values, conflict_kept_by, conflict_other_values, conflict_other_by)
      as conflict (compartment)
    where conflict.compartment = any(written);
  end if;

  return written;
end $$;
revoke execute on function append_turns from public;
grant execute on function append_turns to lodestone_app;
`;

const down = 'drop function append_turns;';

export class AppendTurns1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
