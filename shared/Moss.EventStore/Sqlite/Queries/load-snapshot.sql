select version, schema, json from snapshots where stream = @stream;
