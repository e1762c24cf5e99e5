pragma busy_timeout = 30000;
pragma journal_mode = wal;
pragma synchronous = full;
