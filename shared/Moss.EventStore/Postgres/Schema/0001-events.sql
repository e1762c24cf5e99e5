create table moss.streams (
  stream text collate "C" primary key,
  version bigint not null,
  hash bytea not null
);

-- Data and metadata are text, not jsonb: the hash covers every byte, and jsonb would rewrite them.
create table moss.events (
  position bigint constraint events_position primary key,
  stream text collate "C" not null,
  version bigint not null,
  id uuid not null constraint events_id unique,
  name text not null,
  data text not null,
  metadata text not null,
  hash bytea not null,
  constraint events_stream_version unique (stream, version)
);

create table moss.snapshots (
  stream text collate "C" primary key,
  version bigint not null,
  schema text not null,
  json text not null
);

create table moss.checkpoints (
  subscriber text primary key,
  position bigint not null
);

-- due: 100 ns since 0001-01-01 UTC; a timestamptz would drop the last digit
create table moss.deadlines (
  id text collate "C" primary key,
  due bigint not null,
  kind text not null,
  payload text not null
);

create index deadlines_due on moss.deadlines (due);
