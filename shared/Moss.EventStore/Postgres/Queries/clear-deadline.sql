delete from moss.deadlines where id = $1;
