select stream, version, hash from streams s
where not exists (select 1 from events e where e.stream = s.stream);
