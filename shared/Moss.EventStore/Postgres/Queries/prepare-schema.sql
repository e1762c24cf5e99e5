create schema if not exists moss;
create table if not exists moss.schema_versions (number int primary key);
