insert into moss.events (position, stream, version, id, name, data, metadata, hash)
select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bytea[]);
