-- The search path decides what a name means and where new things go.

db> SHOW search_path
search_path text
"$user", public
SHOW
db> CREATE SCHEMA app
CREATE SCHEMA
db> CREATE TABLE app.t (id serial PRIMARY KEY, v text)
CREATE TABLE
db> CREATE TABLE t (id int)
CREATE TABLE
db> INSERT INTO app.t (v) VALUES ('a') RETURNING id
id int4
1
INSERT 0 1
db> SELECT * FROM t
id int4
SELECT 0
db> SELECT app.t.v, t.id FROM app.t
v text | id int4
a      | 1
SELECT 1
db> SELECT a.id, p.id FROM app.t a LEFT JOIN public.t p ON true
id int4 | id int4
1       | NULL
SELECT 1
db> SET search_path TO app, public
SET
db> SELECT * FROM t
id int4 | v text
1       | a
SELECT 1
db> SELECT current_schema(), current_schemas(false), current_schemas(true)
current_schema name | current_schemas name[] | current_schemas name[]
app                 | {app,public}           | {pg_catalog,app,public}
SELECT 1
db> CREATE TABLE made (x int)
CREATE TABLE
db> SELECT * FROM app.made
x int4
SELECT 0
db> CREATE INDEX ON t (v)
CREATE INDEX
db> DROP TABLE app.t_v_idx
ERROR 42809: "t_v_idx" is not a table
HINT: Use DROP INDEX to remove an index.
db> INSERT INTO t (v) VALUES ('b') RETURNING id
id int4
2
INSERT 0 1
db> SELECT nextval('app.t_id_seq'), currval('t_id_seq')
nextval int8 | currval int8
3            | 3
SELECT 1
db> SET search_path TO nowhere
SET
db> SELECT current_schema()
current_schema name
NULL
SELECT 1
db> SELECT * FROM t
ERROR 42P01: relation "t" does not exist
db> CREATE TABLE lost (x int)
ERROR 3F000: no schema has been selected to create in
db> RESET search_path
RESET
db> SELECT * FROM made
ERROR 42P01: relation "made" does not exist
db> SELECT * FROM nowhere.t
ERROR 42P01: relation "nowhere.t" does not exist
db> INSERT INTO nowhere.t VALUES (1)
ERROR 42P01: relation "nowhere.t" does not exist
db> DROP TABLE nowhere.t
ERROR 3F000: schema "nowhere" does not exist
db> DROP TABLE IF EXISTS nowhere.t
NOTICE 00000: schema "nowhere" does not exist, skipping
DROP TABLE
db> CREATE TABLE nowhere.t (x int)
ERROR 3F000: schema "nowhere" does not exist
db> ALTER TABLE nowhere.t ADD COLUMN y int
ERROR 3F000: schema "nowhere" does not exist
db> CREATE SCHEMA app
ERROR 42P06: schema "app" already exists
db> CREATE SCHEMA IF NOT EXISTS app
NOTICE 42P06: schema "app" already exists, skipping
CREATE SCHEMA
db> CREATE SCHEMA pg_mine
ERROR 42939: unacceptable schema name "pg_mine"
DETAIL: The prefix "pg_" is reserved for system schemas.
db> ALTER TABLE t SET SCHEMA app
ERROR 42P07: relation "t" already exists in schema "app"
db> ALTER TABLE t RENAME TO moved
ALTER TABLE
db> ALTER TABLE moved SET SCHEMA app
ALTER TABLE
db> SELECT * FROM app.moved
id int4
SELECT 0
db> DROP SCHEMA app
ERROR 2BP01: cannot drop schema app because other objects depend on it
DETAIL: table app.t depends on schema app\ntable app.moved depends on schema app\ntable app.made depends on schema app
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> ALTER SCHEMA app RENAME TO app2
ALTER SCHEMA
db> SELECT count(*) FROM app2.t
count int8
2
SELECT 1
db> BEGIN
BEGIN
db> DROP SCHEMA app2 CASCADE
NOTICE 00000: drop cascades to 3 other objects
DETAIL: drop cascades to table app2.t\ndrop cascades to table app2.moved\ndrop cascades to table app2.made
DROP SCHEMA
db> SELECT * FROM app2.t
ERROR 42P01: relation "app2.t" does not exist
db> ROLLBACK
ROLLBACK
db> SELECT count(*) FROM app2.t
count int8
2
SELECT 1
db> DROP SCHEMA app2 CASCADE
NOTICE 00000: drop cascades to 3 other objects
DETAIL: drop cascades to table app2.t\ndrop cascades to table app2.moved\ndrop cascades to table app2.made
DROP SCHEMA
db> DROP SCHEMA app2
ERROR 3F000: schema "app2" does not exist
db> DROP SCHEMA IF EXISTS app2
NOTICE 00000: schema "app2" does not exist, skipping
DROP SCHEMA
