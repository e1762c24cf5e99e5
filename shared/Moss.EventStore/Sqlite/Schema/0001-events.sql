create table streams (
  stream text primary key,
  version integer not null,
  hash blob not null
) strict, without rowid;

create table events (
  position integer primary key,
  stream text not null,
  version integer not null,
  id text not null unique,
  name text not null,
  data text not null,
  metadata text not null,
  hash blob not null,
  unique (stream, version)
) strict;

create table snapshots (
  stream text primary key,
  version integer not null,
  schema text not null,
  json text not null
) strict, without rowid;

create table checkpoints (
  subscriber text primary key,
  position integer not null
) strict, without rowid;

-- due: 100 ns since 0001-01-01 UTC
create table deadlines (
  id text primary key,
  due integer not null,
  kind text not null,
  payload text not null
) strict, without rowid;

create index deadlines_due on deadlines (due);

pragma user_version = 1;
