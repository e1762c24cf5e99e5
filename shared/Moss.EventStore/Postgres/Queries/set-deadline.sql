insert into moss.deadlines (id, due, kind, payload) values ($1, $2, $3, $4)
on conflict (id) do update set due = excluded.due, kind = excluded.kind, payload = excluded.payload;
