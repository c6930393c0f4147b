/** The two roles of a Lodestone database, from the one file that also administrators run. */
// eslint-disable-next-line @nx/enforce-module-boundaries -- administrators run the same file by hand
import rolesSql from '../../../../infra/postgres/roles.sql?raw';

export const OWNER_ROLE = 'lodestone_owner';
export const APP_ROLE = 'lodestone_app';

/** Idempotent statements, for a superuser connected to the database that the roles are for. Sets no passwords. */
export const ROLES_SQL: string = rolesSql;
