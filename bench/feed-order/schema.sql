create table locked (position bigint primary key, stream text not null, data text not null);

create table snapshotted (
  position bigint generated always as identity primary key,
  transaction xid8 not null default pg_current_xact_id(),
  stream text not null,
  data text not null
);

create index on snapshotted (transaction, position);
