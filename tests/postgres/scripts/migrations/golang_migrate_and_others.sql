-- What golang-migrate, Flyway, Alembic and their kin look up.

db> SELECT COUNT(1) FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2 LIMIT 1
with 'public', 'schema_migrations'
count int8
0
SELECT 1
db> CREATE TABLE IF NOT EXISTS "public"."schema_migrations" (version bigint not null primary key, dirty boolean not null)
CREATE TABLE
db> SELECT COUNT(1) FROM information_schema.tables WHERE table_schema = $1 AND table_name = $2 LIMIT 1
with 'public', 'schema_migrations'
count int8
1
SELECT 1
db> SELECT version, dirty FROM "public"."schema_migrations" LIMIT 1
version int8 | dirty bool
SELECT 0
db> BEGIN
BEGIN
db> TRUNCATE "public"."schema_migrations"
TRUNCATE TABLE
db> INSERT INTO "public"."schema_migrations" (version, dirty) VALUES ($1, $2)
with 1, true
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT version, dirty FROM "public"."schema_migrations" LIMIT 1
version int8 | dirty bool
1            | t
SELECT 1
db> CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))
CREATE TABLE
db> SELECT alembic_version.version_num FROM alembic_version
version_num varchar
SELECT 0
db> INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712') RETURNING alembic_version.version_num
version_num varchar
1975ea83b712
INSERT 0 1
db> UPDATE alembic_version SET version_num='ae1027a6acf' WHERE alembic_version.version_num = '1975ea83b712'
UPDATE 1
db> SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'alembic_version')
exists bool
t
SELECT 1
db> SELECT to_regclass('public.alembic_version') IS NOT NULL AS known, to_regclass('nope') IS NULL AS unknown
known bool | unknown bool
t          | t
SELECT 1
db> SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename
tablename name
alembic_version
schema_migrations
SELECT 2
db> SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position
table_name name   | column_name name | data_type varchar | is_nullable varchar
alembic_version   | version_num      | character varying | NO
schema_migrations | version          | bigint            | NO
schema_migrations | dirty            | boolean           | NO
SELECT 3
db> SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY relname
relname name
alembic_version
schema_migrations
SELECT 2
db> SELECT tc.constraint_name, kcu.column_name FROM information_schema.table_constraints tc JOIN information_schema.key_column_usage kcu ON kcu.constraint_name = tc.constraint_name AND kcu.table_schema = tc.table_schema WHERE tc.constraint_type = 'PRIMARY KEY' AND tc.table_schema = 'public' ORDER BY 1
constraint_name name   | column_name name
alembic_version_pkc    | version_num
schema_migrations_pkey | version
SELECT 2
db> SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull FROM pg_attribute a WHERE a.attrelid = 'alembic_version'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
attname name | type text             | attnotnull bool
version_num  | character varying(32) | t
SELECT 1
db> SELECT i.relname, ix.indisunique, ix.indisprimary FROM pg_index ix JOIN pg_class i ON i.oid = ix.indexrelid JOIN pg_class t ON t.oid = ix.indrelid WHERE t.relname = 'alembic_version'
relname name        | indisunique bool | indisprimary bool
alembic_version_pkc | t                | t
SELECT 1
db> SELECT schema_name FROM information_schema.schemata WHERE schema_name IN ('public', 'pg_catalog', 'information_schema', 'nope') ORDER BY 1
schema_name name
information_schema
pg_catalog
public
SELECT 3
