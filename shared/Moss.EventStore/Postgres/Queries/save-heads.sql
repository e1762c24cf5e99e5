insert into moss.streams (stream, version, hash)
select * from unnest($1::text[], $2::bigint[], $3::bytea[])
on conflict (stream) do update set version = excluded.version, hash = excluded.hash;
