insert into snapshots (stream, version, schema, json) values (@stream, @version, @schema, @json)
on conflict (stream) do update set version = excluded.version, schema = excluded.schema, json = excluded.json
where excluded.version >= snapshots.version or excluded.schema <> snapshots.schema;
