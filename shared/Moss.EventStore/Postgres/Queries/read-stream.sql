select position, stream, version, id, name, data, metadata, hash
from moss.events where stream = $1 and version >= $2 order by version limit $3;
