-- What is constant is computed before the statement runs, however few rows there are.

db> CREATE TABLE t (id int)
CREATE TABLE
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> SELECT sqrt(-1) FROM t WHERE false
ERROR 2201F: cannot take square root of a negative number
db> SELECT sum(1 / 0) FROM t WHERE false
ERROR 22012: division by zero
db> SELECT id FROM t WHERE id = 9 AND 1 / 0 = 1
ERROR 22012: division by zero
db> SELECT id FROM t WHERE id = 1 OR 1 / 0 = 1
ERROR 22012: division by zero
db> SELECT CASE WHEN id = 1 THEN id ELSE 1 / 0 END FROM t
ERROR 22012: division by zero
db> SELECT CASE WHEN true THEN 1 ELSE 1 / 0 END AS one, coalesce(1, 1 / 0) AS first
one int4 | first int4
1        | 1
SELECT 1
db> SELECT coalesce(id, 1 / 0) FROM t
ERROR 22012: division by zero
db> SELECT (SELECT 1 / 0 WHERE false)
ERROR 22012: division by zero
db> SELECT EXISTS (SELECT 1 / 0 FROM t) AS found
found bool
t
SELECT 1
db> SELECT id FROM t WHERE false AND 1 / 0 = 1
id int4
SELECT 0
db> UPDATE t SET id = 1 / 0 WHERE false
ERROR 22012: division by zero
db> DELETE FROM t WHERE id = 9 AND 1 / 0 = 1
ERROR 22012: division by zero
db> SELECT 'x'::text::int FROM t WHERE false
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT 1 / (id - id) FROM t WHERE false
?column? int4
SELECT 0
db> PREPARE p AS SELECT 1 / 0 FROM t WHERE false
PREPARE
db> SELECT unnest(ARRAY[1, 2, 2]) AS n, count(*) FROM t GROUP BY 1 ORDER BY 1
n int4 | count int8
1      | 1
2      | 2
SELECT 2
db> SELECT (1, 2) < (SELECT 1, 3) AS less, (id, 2) = (SELECT 1, 2) AS same, (1, 2) <> ALL (SELECT 1, 3) AS other FROM t
less bool | same bool | other bool
t         | t         | t
SELECT 1
db> SELECT (1, 2) = (SELECT 1)
ERROR 42601: subquery has too few columns
