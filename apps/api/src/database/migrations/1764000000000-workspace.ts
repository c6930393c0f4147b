/** People, access, compartments, documents and the log: the tables every other one refers to. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table party (
  iso3 text constraint party_pkey primary key constraint party_iso3_check check (iso3 ~ '^[A-Z]{3}$'),
  name_en text not null,
  name_ja text not null
);

create table person (
  id uuid constraint person_pkey primary key default gen_random_uuid(),
  email text not null,
  name text not null,
  party text not null constraint person_party_fkey references party,
  roles text[] not null default '{}',
  password_hash text,
  language text not null default 'en' constraint person_language_check check (language in ('en', 'ja')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index person_email_key on person (lower(email));

create table session (
  sid varchar constraint session_pkey primary key,
  sess json not null,
  expire timestamptz not null
);
create index session_expire_idx on session (expire);

-- The access row: a writer's turn takes its table shared, every change of rights, accounts or sessions writes it.
create table access_version (
  id integer constraint access_version_pkey primary key constraint access_version_single check (id = 1),
  version bigint not null
);
insert into access_version (id, version) values (1, 1);

create table compartment (
  id text constraint compartment_pkey primary key constraint compartment_id_check check (id ~ '^[a-z][a-z0-9-]{0,62}$'),
  name_en text not null,
  name_ja text not null,
  marking text not null,
  owner_party text constraint compartment_owner_party_fkey references party,
  parties text[] not null default '{}',
  everyone boolean not null default false
);

-- The head row: the lock of a compartment's edits, and the number and tree its log has reached.
create table compartment_head (
  compartment text constraint compartment_head_pkey primary key
    constraint compartment_head_compartment_fkey references compartment,
  seq bigint not null default 0,
  frontier bytea not null default ''
) with (fillfactor = 50);

create table document (
  name text constraint document_pkey primary key,
  compartment text not null constraint document_compartment_fkey references compartment,
  register text not null,
  generation integer not null default 1
);

create table snapshot (
  document text constraint snapshot_pkey primary key constraint snapshot_document_fkey references document,
  generation integer not null,
  seq bigint not null,
  state bytea not null
);

create table client_lease (
  document text not null constraint client_lease_document_fkey references document,
  generation integer not null,
  client_id bigint not null,
  person uuid not null constraint client_lease_person_fkey references person,
  device text not null,
  constraint client_lease_pkey primary key (document, generation, client_id)
);

create table log_entry (
  compartment text not null constraint log_entry_compartment_fkey references compartment,
  seq bigint not null,
  document text not null,
  generation integer not null,
  action text not null,
  outcome text not null constraint log_entry_outcome_check check (outcome in ('admitted', 'refused')),
  actor uuid not null,
  party text not null,
  roles jsonb not null,
  session text not null,
  recorded_at timestamptz not null,
  edit text,
  client_id bigint not null,
  clock bigint not null,
  seen bigint,
  access_version bigint not null,
  schema_version integer not null,
  update bytea,
  changes jsonb not null,
  salt bytea not null,
  leaf bytea not null,
  constraint log_entry_pkey primary key (compartment, seq)
);
create unique index log_entry_edit_key on log_entry (compartment, edit) where outcome = 'admitted';
create index log_entry_document_idx on log_entry (document, seq) where outcome = 'admitted';
create index log_entry_clock_idx on log_entry (document, client_id, clock) where outcome = 'admitted';
create index log_entry_actor_idx on log_entry (actor, recorded_at);

-- The projection of the log: one row a changed cell, field '' for the birth of a record. It can be rebuilt.
create table cell_change (
  compartment text not null,
  register text not null,
  record text not null,
  field text not null,
  seq bigint not null,
  old jsonb not null,
  new jsonb not null,
  person uuid not null,
  recorded_at timestamptz not null,
  constraint cell_change_pkey primary key (compartment, register, record, field, seq)
);
create index cell_change_seq_idx on cell_change (compartment, seq);

create table conflict (
  compartment text not null,
  document text not null,
  seq bigint not null,
  record text not null,
  field text not null,
  kept_value jsonb not null,
  kept_by uuid not null,
  other_value jsonb not null,
  other_by uuid not null,
  constraint conflict_pkey primary key (document, seq, record, field)
);

create table read_position (
  person uuid not null constraint read_position_person_fkey references person,
  document text not null constraint read_position_document_fkey references document,
  seq bigint not null,
  constraint read_position_pkey primary key (person, document)
);

-- The app may read and add to the log, and move the heads; it may change and delete nothing that is recorded.
grant select on party, compartment, compartment_head, document, snapshot, client_lease, log_entry, cell_change,
  conflict, read_position, person, session, access_version to lodestone_app;
grant insert on party, compartment, compartment_head, document, snapshot, client_lease, log_entry, cell_change,
  conflict, read_position, person, session to lodestone_app;
grant update on snapshot, read_position, session to lodestone_app;
grant update (seq, frontier) on compartment_head to lodestone_app;
-- On the table: a turn takes it in SHARE mode. A row lock would not do: whoever takes a row shared passes those who wait
-- for it exclusively, so that busy rooms could keep a revocation waiting for ever.
grant update on access_version to lodestone_app;
grant update (name, party, roles, password_hash, language, disabled_at) on person to lodestone_app;
grant update (name_en, name_ja) on party to lodestone_app;
grant delete on session to lodestone_app;
`;

const down = `
drop table read_position, conflict, cell_change, log_entry, client_lease, snapshot, document, compartment_head,
  compartment, access_version, session, person, party;
`;

export class Workspace1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
