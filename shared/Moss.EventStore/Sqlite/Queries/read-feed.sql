select position, stream, version, id, name, data, metadata, hash
from events where position > @after order by position limit @max;
