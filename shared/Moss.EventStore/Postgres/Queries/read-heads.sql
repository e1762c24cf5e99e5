select stream, version, hash from moss.streams where stream = any($1);
