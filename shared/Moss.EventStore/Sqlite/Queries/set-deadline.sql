insert into deadlines (id, due, kind, payload) values (@id, @due, @kind, @payload)
on conflict (id) do update set due = excluded.due, kind = excluded.kind, payload = excluded.payload;
