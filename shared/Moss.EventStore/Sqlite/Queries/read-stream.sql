select position, stream, version, id, name, data, metadata, hash
from events where stream = @stream and version >= @from order by version limit @max;
