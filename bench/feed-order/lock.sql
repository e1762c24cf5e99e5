\set s random(1, 1000000000)
begin;
select pg_advisory_xact_lock(1);
insert into locked (position, stream, data) select coalesce(max(position), 0) + 1, :s::text, repeat('x', 400) from locked;
commit;
