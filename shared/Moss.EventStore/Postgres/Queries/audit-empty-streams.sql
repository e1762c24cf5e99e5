select stream, version, hash from moss.streams s
where not exists (select 1 from moss.events e where e.stream = s.stream);
