-- The roles of a Lodestone database. Run it connected to that database, as a superuser or as its owner
-- with CREATEROLE, before the first start; running it again changes nothing:
--
--   psql "postgres://postgres@HOST/lodestone" -f infra/postgres/roles.sql
--   psql "postgres://postgres@HOST/lodestone" -c '\password lodestone_owner' -c '\password lodestone_app'
--
-- lodestone_owner owns the tables and migrates them; only a start or a command that migrates knows its password.
-- lodestone_app serves. What it may do with each table is granted by the migration that makes the table.
-- The embedded PostgreSQL runs this file at every start; no password is set here.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lodestone_owner') THEN
    CREATE ROLE lodestone_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lodestone_app') THEN
    CREATE ROLE lodestone_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
  END IF;

  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, CREATE ON DATABASE %I TO lodestone_owner', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO lodestone_app', current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO lodestone_owner;
GRANT USAGE ON SCHEMA public TO lodestone_app;
