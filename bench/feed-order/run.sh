#!/bin/sh
# Two ways to a feed in commit order on PostgreSQL: an advisory lock in append, or reading below pg_snapshot_xmin.
# Prints transactions per second of one append each, with fsync on, for 1 and 8 connections, three interleaved rounds.
# usage: bench/feed-order/run.sh [BINARIES]   (default: the newest below /usr/lib/postgresql)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
binaries=${1:-$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)}
folder=$(mktemp -d /tmp/moss-feed-order-XXXXXX)
mkfifo "$folder.run"
sh "$here/../../tests/Moss.Testing/Postgres/run-server.sh" "$folder" "$binaries" on <"$folder.run" &
exec 3>"$folder.run"
trap 'exec 3>&-; wait; rm -f "$folder.run"' EXIT
until psql -h "$folder" -U moss postgres -qc 'select 1' >/dev/null 2>&1; do sleep 0.2; done
psql -h "$folder" -U moss postgres -qf "$here/schema.sql"
for round in 1 2 3; do
  for clients in 1 8; do
    for way in lock xmin; do
      printf 'round %s, %s clients, %s: ' "$round" "$clients" "$way"
      "$binaries/pgbench" -h "$folder" -U moss -n -M prepared -c "$clients" -j 2 -T 5 -f "$here/$way.sql" postgres 2>/dev/null | grep 'tps ='
    done
  done
done
