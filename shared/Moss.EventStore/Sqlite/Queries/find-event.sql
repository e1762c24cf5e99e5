select stream, version, name from events where id = @id;
