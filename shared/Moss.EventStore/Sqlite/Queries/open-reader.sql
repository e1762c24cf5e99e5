pragma busy_timeout = 30000;
pragma query_only = on;
