-- ALTER TYPE and DROP TYPE of enums.

a> CREATE TYPE status AS ENUM ('new', 'done')
CREATE TYPE
a> CREATE TABLE task (id int, s status)
CREATE TABLE
a> INSERT INTO task VALUES (1, 'new'), (2, 'done')
INSERT 0 2
a> ALTER TYPE status ADD VALUE 'failed'
ALTER TYPE
a> ALTER TYPE status ADD VALUE 'started' AFTER 'new'
ALTER TYPE
a> ALTER TYPE status ADD VALUE 'draft' BEFORE 'new'
ALTER TYPE
a> ALTER TYPE status ADD VALUE 'done'
ERROR 42710: enum label "done" already exists
a> ALTER TYPE status ADD VALUE IF NOT EXISTS 'done'
NOTICE 42710: enum label "done" already exists, skipping
ALTER TYPE
a> ALTER TYPE status ADD VALUE 'x' BEFORE 'nowhere'
ERROR 22023: "nowhere" is not an existing enum label
a> SELECT enum_range(NULL::status)
enum_range status[]
{draft,new,started,done,failed}
SELECT 1
a> INSERT INTO task VALUES (3, 'started'), (4, 'draft'), (5, 'failed')
INSERT 0 3
a> SELECT * FROM task ORDER BY s
id int4 | s status
4       | draft
1       | new
3       | started
2       | done
5       | failed
SELECT 5
a> ALTER TYPE status RENAME VALUE 'done' TO 'finished'
ALTER TYPE
a> ALTER TYPE status RENAME VALUE 'done' TO 'ended'
ERROR 22023: "done" is not an existing enum label
a> ALTER TYPE status RENAME VALUE 'new' TO 'finished'
ERROR 42710: enum label "finished" already exists
a> SELECT * FROM task ORDER BY s
id int4 | s status
4       | draft
1       | new
3       | started
2       | finished
5       | failed
SELECT 5
a> SELECT * FROM task WHERE s = 'done'
ERROR 22P02: invalid input value for enum status: "done"

-- A new value cannot be used before it is committed.
a> BEGIN
BEGIN
a> ALTER TYPE status ADD VALUE 'paused'
ALTER TYPE
a> SELECT 'paused'::status
ERROR 55P04: unsafe use of new value "paused" of enum type status
HINT: New enum values must be committed before they can be used.
a> ROLLBACK
ROLLBACK
a> SELECT enum_last(NULL::status)
enum_last status
failed
SELECT 1
a> BEGIN
BEGIN
a> ALTER TYPE status ADD VALUE 'paused'
ALTER TYPE
a> INSERT INTO task VALUES (6, 'paused')
ERROR 55P04: unsafe use of new value "paused" of enum type status
HINT: New enum values must be committed before they can be used.
a> ROLLBACK
ROLLBACK
a> BEGIN
BEGIN
a> ALTER TYPE status ADD VALUE 'paused'
ALTER TYPE
a> SELECT enum_range(NULL::status)
ERROR 55P04: unsafe use of new value "paused" of enum type status
HINT: New enum values must be committed before they can be used.
a> ROLLBACK
ROLLBACK
a> BEGIN
BEGIN
a> ALTER TYPE status ADD VALUE 'paused'
ALTER TYPE
a> INSERT INTO task VALUES (6, 'new')
INSERT 0 1
a> COMMIT
COMMIT
a> INSERT INTO task VALUES (7, 'paused')
INSERT 0 1
a> BEGIN
BEGIN
a> CREATE TYPE fresh AS ENUM ('a', 'b')
CREATE TYPE
a> SELECT 'a'::fresh = 'b'
?column? bool
f
SELECT 1
a> ALTER TYPE fresh ADD VALUE 'c'
ALTER TYPE
a> SELECT 'c'::fresh
ERROR 55P04: unsafe use of new value "c" of enum type fresh
HINT: New enum values must be committed before they can be used.
a> ROLLBACK
ROLLBACK
a> SELECT 'a'::fresh
ERROR 42704: type "fresh" does not exist

-- Others see it when it is committed.
a> BEGIN
BEGIN
a> ALTER TYPE status ADD VALUE 'gone'
ALTER TYPE
b> SELECT 'gone'::status
ERROR 22P02: invalid input value for enum status: "gone"
a> COMMIT
COMMIT
b> SELECT 'gone'::status
status status
gone
SELECT 1

a> ALTER TYPE status RENAME TO state
ALTER TYPE
a> SELECT pg_typeof(s) FROM task LIMIT 1
pg_typeof regtype
state
SELECT 1
a> SELECT 'new'::status
ERROR 42704: type "status" does not exist
a> SELECT 'new'::state
state state
new
SELECT 1
a> DROP TYPE state
ERROR 2BP01: cannot drop type state because other objects depend on it
DETAIL: column s of table task depends on type state
HINT: Use DROP ... CASCADE to drop the dependent objects too.
a> DROP TYPE nope
ERROR 42704: type "nope" does not exist
a> DROP TYPE IF EXISTS nope
NOTICE 00000: type "nope" does not exist, skipping
DROP TYPE
a> DROP TABLE task
DROP TABLE
a> DROP TYPE state
DROP TYPE
a> SELECT 'new'::state
ERROR 42704: type "state" does not exist
a> CREATE TYPE state AS ENUM ('x')
CREATE TYPE
a> CREATE TABLE t (id int, s state, l state[])
CREATE TABLE
a> DROP TYPE state
ERROR 2BP01: cannot drop type state because other objects depend on it
DETAIL: column l of table t depends on type state[]\ncolumn s of table t depends on type state
HINT: Use DROP ... CASCADE to drop the dependent objects too.
a> DROP TYPE state CASCADE
NOTICE 00000: drop cascades to 2 other objects
DETAIL: drop cascades to column l of table t\ndrop cascades to column s of table t
DROP TYPE
a> SELECT * FROM t
id int4
SELECT 0
a> ALTER TYPE nope ADD VALUE 'a'
ERROR 42704: type "nope" does not exist
a> ALTER TYPE nope RENAME VALUE 'a' TO 'b'
ERROR 42704: type "nope" does not exist
