select version, schema, json from moss.snapshots where stream = $1;
