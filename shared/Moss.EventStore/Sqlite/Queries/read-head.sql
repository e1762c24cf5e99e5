select version, hash from streams where stream = @stream;
