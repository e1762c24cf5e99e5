select e.position, e.stream, e.version, e.id, e.name, e.data, e.metadata, e.hash, s.version, s.hash
from events e left join streams s on s.stream = e.stream
order by e.stream, e.version;
