insert into moss.schema_versions (number) values ($1);
