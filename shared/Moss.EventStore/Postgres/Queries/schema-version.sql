select coalesce(max(number), 0) from moss.schema_versions;
