select id, stream, version, name from moss.events where id = any($1);
