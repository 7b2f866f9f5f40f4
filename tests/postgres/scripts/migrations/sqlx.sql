-- What sqlx's migrator sends: the lock of the database, the table, what is applied, each migration.

one> SELECT current_setting('server_version_num')::int / 10000 AS major
major int4
15
SELECT 1
one> select exists(SELECT 1 from pg_database WHERE datname = $1)
with 'template1'
exists bool
t
SELECT 1
one> SELECT current_database() IS NOT NULL AS known
known bool
t
SELECT 1
one> SELECT pg_advisory_lock($1)
with 3472328296227680304
pg_advisory_lock void
''
SELECT 1
two> SELECT pg_advisory_lock($1)
with 3472328296227680304
waits
one> CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
 )
CREATE TABLE
one> SELECT version FROM _sqlx_migrations WHERE success = false ORDER BY version LIMIT 1
version int8
SELECT 0
one> SELECT version, checksum FROM _sqlx_migrations ORDER BY version
version int8 | checksum bytea
SELECT 0
one> BEGIN
BEGIN
one> CREATE TABLE customer (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now())
CREATE TABLE
one> CREATE INDEX customer_created ON customer (created_at)
CREATE INDEX
one> INSERT INTO _sqlx_migrations ( version, description, success, checksum, execution_time )
    VALUES ( $1, $2, TRUE, $3, -1 )
with 20240101120000, 'customers', '\x0badc0ffee'
INSERT 0 1
one> COMMIT
COMMIT
one> UPDATE _sqlx_migrations
    SET execution_time = $1
    WHERE version = $2
with 1500000, 20240101120000
UPDATE 1
one> BEGIN
BEGIN
one> ALTER TABLE customer ADD COLUMN name text, ADD COLUMN tier int NOT NULL DEFAULT 0
ALTER TABLE
one> ALTER TABLE customer ADD CONSTRAINT tier_range CHECK (tier BETWEEN 0 AND 3)
ALTER TABLE
one> INSERT INTO _sqlx_migrations ( version, description, success, checksum, execution_time )
    VALUES ( $1, $2, TRUE, $3, -1 )
with 20240102120000, 'tiers', '\xfeed'
INSERT 0 1
one> COMMIT
COMMIT
one> BEGIN
BEGIN
one> ALTER TABLE customer ADD COLUMN tier int
ERROR 42701: column "tier" of relation "customer" already exists
one> ROLLBACK
ROLLBACK
one> SELECT pg_advisory_unlock($1)
with 3472328296227680304
pg_advisory_unlock bool
t
SELECT 1
two: pg_advisory_lock void
two: ''
two: SELECT 1
two> CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
 )
NOTICE 42P07: relation "_sqlx_migrations" already exists, skipping
CREATE TABLE
two> SELECT version FROM _sqlx_migrations WHERE success = false ORDER BY version LIMIT 1
version int8
SELECT 0
two> SELECT version, checksum FROM _sqlx_migrations ORDER BY version
version int8   | checksum bytea
20240101120000 | \x0badc0ffee
20240102120000 | \xfeed
SELECT 2
two> SELECT version, description, success, execution_time, installed_on <= now() AS installed FROM _sqlx_migrations ORDER BY version
version int8   | description text | success bool | execution_time int8 | installed bool
20240101120000 | customers        | t            | 1500000             | t
20240102120000 | tiers            | t            | -1                  | t
SELECT 2
two> BEGIN
BEGIN
two> ALTER TABLE customer DROP COLUMN tier, DROP COLUMN name
ALTER TABLE
two> DELETE FROM _sqlx_migrations WHERE version = $1
with 20240102120000
DELETE 1
two> COMMIT
COMMIT
two> SELECT version FROM _sqlx_migrations
version int8
20240101120000
SELECT 1
two> SELECT pg_advisory_unlock($1)
with 3472328296227680304
pg_advisory_unlock bool
t
SELECT 1
two> SELECT pg_advisory_unlock($1)
with 3472328296227680304
WARNING 01000: you don't own a lock of type ExclusiveLock
pg_advisory_unlock bool
f
SELECT 1
