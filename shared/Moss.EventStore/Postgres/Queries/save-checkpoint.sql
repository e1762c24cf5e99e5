insert into moss.checkpoints (subscriber, position) values ($1, $2)
on conflict (subscriber) do update set position = excluded.position;
