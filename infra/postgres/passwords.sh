#!/usr/bin/env bash
# Sets the passwords of the two roles in a database container at its first start, after roles.sql.
set -euo pipefail

psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --quiet \
  --set ON_ERROR_STOP=1 \
  --set owner="$LODESTONE_OWNER_PASSWORD" \
  --set app="$LODESTONE_APP_PASSWORD" <<'SQL'
ALTER ROLE lodestone_owner PASSWORD :'owner';
ALTER ROLE lodestone_app PASSWORD :'app';
SQL
