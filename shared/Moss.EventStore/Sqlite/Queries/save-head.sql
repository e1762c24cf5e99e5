insert into streams (stream, version, hash) values (@stream, @version, @hash)
on conflict (stream) do update set version = excluded.version, hash = excluded.hash;
