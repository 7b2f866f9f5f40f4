-- What diesel's migration harness sends.

db> SET TIME ZONE 'UTC'
SET
db> SET CLIENT_ENCODING TO 'UTF8'
SET
db> CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
 )
CREATE TABLE
db> SELECT "__diesel_schema_migrations"."version" FROM "__diesel_schema_migrations" ORDER BY "__diesel_schema_migrations"."version" DESC
version varchar
SELECT 0
db> BEGIN
BEGIN
db> CREATE TABLE posts (
       id SERIAL PRIMARY KEY,
       title VARCHAR NOT NULL,
       body TEXT NOT NULL,
       published BOOLEAN NOT NULL DEFAULT FALSE
 )
CREATE TABLE
db> INSERT INTO "__diesel_schema_migrations" ("version") VALUES ($1)
with '20240101000000'
INSERT 0 1
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> SAVEPOINT diesel_savepoint_1
SAVEPOINT
db> ALTER TABLE posts ADD COLUMN author_id integer
ALTER TABLE
db> ROLLBACK TO SAVEPOINT diesel_savepoint_1
ROLLBACK
db> SAVEPOINT diesel_savepoint_1
SAVEPOINT
db> ALTER TABLE posts ADD COLUMN author text NOT NULL DEFAULT 'nobody'
ALTER TABLE
db> RELEASE SAVEPOINT diesel_savepoint_1
RELEASE
db> INSERT INTO "__diesel_schema_migrations" ("version") VALUES ($1)
with '20240102000000'
INSERT 0 1
db> COMMIT
COMMIT
db> SELECT "__diesel_schema_migrations"."version" FROM "__diesel_schema_migrations" ORDER BY "__diesel_schema_migrations"."version" DESC LIMIT $1
with 1
version varchar
20240102000000
SELECT 1
db> INSERT INTO "posts" ("title", "body") VALUES ($1, $2), ($3, $4) RETURNING "posts"."id", "posts"."title", "posts"."body", "posts"."published"
with 'a', 'b', 'c', 'd'
id int4 | title varchar | body text | published bool
1       | a             | b         | f
2       | c             | d         | f
INSERT 0 2
db> UPDATE "posts" SET "published" = $1 WHERE ("posts"."id" = $2) RETURNING "posts"."id", "posts"."published"
with true, 1
id int4 | published bool
1       | t
UPDATE 1
db> BEGIN
BEGIN
db> DROP TABLE posts
DROP TABLE
db> DELETE FROM "__diesel_schema_migrations" WHERE ("__diesel_schema_migrations"."version" = $1)
with '20240101000000'
DELETE 1
db> COMMIT
COMMIT
db> SELECT "version" FROM "__diesel_schema_migrations"
version varchar
20240102000000
SELECT 1
