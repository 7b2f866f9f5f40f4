-- What is read before its type is known, two places that disagree, and a text without parameters.

db> CREATE TABLE t (id int, n numeric(6,2), name varchar(3))
CREATE TABLE
db> SELECT id FROM t WHERE $1 IS NULL OR id = $1
with 1
ERROR 42P08: could not determine data type of parameter $1
db> SELECT id FROM t WHERE id = $1 OR $1 IS NULL
with 1
id int4
SELECT 0
db> UPDATE t SET n = $1, name = $1
with 1
ERROR 42P08: inconsistent types deduced for parameter $1
DETAIL: numeric versus character varying
db> INSERT INTO t (id, name) VALUES ($1, $1)
with 1
ERROR 42P08: inconsistent types deduced for parameter $1
DETAIL: integer versus character varying
db> SELECT count($1)
with 1
ERROR 42P18: could not determine data type of parameter $1
db> SELECT concat($1, 'x')
with 'a'
ERROR 42P18: could not determine data type of parameter $1
db> SELECT jsonb_build_object('a', $1)
with 1
ERROR 42P18: could not determine data type of parameter $1
db> SELECT ROW($1, 1)
with 1
ERROR 42P18: could not determine data type of parameter $1
db> SELECT CASE $1 WHEN 1 THEN 'a' END
with 1
ERROR 42883: operator does not exist: text = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT nullif($1, 1) AS n, pg_typeof(nullif(1, 1.5)) AS t
with 2
n int4 | t regtype
2      | numeric
SELECT 1
db> SELECT 2 * $1
with 2.5
ERROR 22P02: invalid input syntax for type integer: "2.5"
db> SELECT $1 || '!' AS s
with 7
s text
7!
SELECT 1
db> SELECT $2 + $1
ERROR 42P02: there is no parameter $2
db> SELECT extract(year FROM $1)
with '2024-01-01'
ERROR 42725: function pg_catalog.extract(unknown, unknown) is not unique
HINT: Could not choose a best candidate function. You might need to add explicit type casts.
