-- 1836020595 is "moss" in ASCII; 1 is the schema, 2 the append
select pg_advisory_xact_lock(1836020595, 1);
