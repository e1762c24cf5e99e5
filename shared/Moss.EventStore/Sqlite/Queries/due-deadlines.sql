select id, due, kind, payload from deadlines where due <= @now order by due, id;
