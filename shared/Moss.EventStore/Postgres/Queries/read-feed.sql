select position, stream, version, id, name, data, metadata, hash
from moss.events where position > $1 order by position limit $2;
