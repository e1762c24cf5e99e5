-- Held to the end of the transaction: whoever gets the next position commits before anyone gets a later one,
-- so position order is commit order and the feed has no gap that could fill up behind a reader.
select pg_advisory_xact_lock(1836020595, 2);
