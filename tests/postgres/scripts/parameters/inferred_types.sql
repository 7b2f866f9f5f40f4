-- A parameter takes its type from where it stands.

db> CREATE TABLE t (id int PRIMARY KEY, name text, at timestamp, ok bool)
CREATE TABLE
db> INSERT INTO t VALUES ($1, $2, $3, $4) RETURNING *
with 1, 'tea', '2024-01-02 03:04:05', true
id int4 | name text | at timestamp        | ok bool
1       | tea       | 2024-01-02 03:04:05 | t
INSERT 0 1
db> SELECT name FROM t WHERE id = $1
with 1
name text
tea
SELECT 1
db> SELECT $1 + 1 AS n, $2 || 'x' AS s, $3::date AS d
with 5, 'a', '2024-01-02'
n int4 | s text | d date
6      | ax     | 2024-01-02
SELECT 1
db> SELECT id FROM t WHERE ($1::text IS NULL OR name = $1)
with NULL
id int4
1
SELECT 1
db> SELECT id FROM t WHERE name = $1 AND ok = $2
with 'tea', true
id int4
1
SELECT 1
db> UPDATE t SET name = $2 WHERE id = $1 RETURNING name
with 1, 'coffee'
name text
coffee
UPDATE 1
db> SELECT $1 AS anything
with 'x'
anything text
x
SELECT 1
db> SELECT $1::int + $1 AS twice
with 21
twice int4
42
SELECT 1
