select pg_notify('moss_feed', $1::bigint::text);
