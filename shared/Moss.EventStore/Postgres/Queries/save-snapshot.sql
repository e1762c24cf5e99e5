insert into moss.snapshots (stream, version, schema, json) values ($1, $2, $3, $4)
on conflict (stream) do update set version = excluded.version, schema = excluded.schema, json = excluded.json
where excluded.version >= snapshots.version or excluded.schema <> snapshots.schema;
