\set s random(1, 1000000000)
begin;
insert into snapshotted (stream, data) values (:s::text, repeat('x', 400));
commit;
