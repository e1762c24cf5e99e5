insert into events (position, stream, version, id, name, data, metadata, hash)
values (@position, @stream, @version, @id, @name, @data, @metadata, @hash);
