delete from deadlines where id = @id;
