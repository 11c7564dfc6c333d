#!/bin/sh
# Gives the roles of the database their passwords, once, when the container of PostgreSQL is made.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d hub -v owner="$OWNER_PASSWORD" -v hub="$HUB_PASSWORD" <<'SQL'
ALTER ROLE liaison_owner PASSWORD :'owner';
ALTER ROLE liaison_hub PASSWORD :'hub';
SQL
