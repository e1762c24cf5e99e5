insert into checkpoints (subscriber, position) values (@subscriber, @position)
on conflict (subscriber) do update set position = excluded.position;
