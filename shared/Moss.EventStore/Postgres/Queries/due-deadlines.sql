select id, due, kind, payload from moss.deadlines where due <= $1 order by due, id;
