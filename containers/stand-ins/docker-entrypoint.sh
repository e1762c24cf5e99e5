#!/bin/sh
# Makes the database on the first start and then becomes the server, as the official image does.
set -eu
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  : "${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD}"
  user=${POSTGRES_USER:-postgres}
  secret=$(mktemp)
  printf '%s' "$POSTGRES_PASSWORD" >"$secret"
  # What a start that was cut off left behind is no database.
  find "$PGDATA" -mindepth 1 -delete
  initdb --pgdata "$PGDATA" --username "$user" --pwfile "$secret" --encoding UTF8 --auth-host scram-sha-256 --auth-local trust
  rm "$secret"
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  if [ "${POSTGRES_DB:-$user}" != postgres ]; then
    echo "CREATE DATABASE \"${POSTGRES_DB:-$user}\"" | postgres --single -j -D "$PGDATA" postgres
  fi
fi
exec "$@" -c listen_addresses='*'
