-- Schemas: qualified names, search_path.

db> CREATE SCHEMA app
CREATE SCHEMA
db> CREATE TABLE app.t (n int)
CREATE TABLE
db> INSERT INTO app.t VALUES (1)
INSERT 0 1
db> SELECT * FROM t
ERROR 42P01: relation "t" does not exist
db> SELECT t.n, app.t.n FROM app.t
n int4 | n int4
1      | 1
SELECT 1
db> SET search_path = app, public
SET
db> SELECT * FROM t
n int4
1
SELECT 1
db> SELECT current_schema
current_schema name
app
SELECT 1
db> SHOW search_path
search_path text
app, public
SHOW
db> CREATE SCHEMA app
ERROR 42P06: schema "app" already exists
db> CREATE SCHEMA IF NOT EXISTS app
NOTICE 42P06: schema "app" already exists, skipping
CREATE SCHEMA
db> DROP SCHEMA app
ERROR 2BP01: cannot drop schema app because other objects depend on it
DETAIL: table t depends on schema app
HINT: Use DROP ... CASCADE to drop the dependent objects too.
db> DROP SCHEMA app CASCADE
NOTICE 00000: drop cascades to table t
DROP SCHEMA
db> CREATE TABLE nowhere.t (n int)
ERROR 3F000: schema "nowhere" does not exist
db> SELECT * FROM nowhere.t
ERROR 42P01: relation "nowhere.t" does not exist
