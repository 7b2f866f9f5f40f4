-- Types and NULLs of the common ones; an empty input.

db> CREATE TABLE t (n int, f float8, d numeric(6,2), s text)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1.5, 1.50, 'a'), (2, 2.5, 2.25, 'b'), (NULL, NULL, NULL, NULL)
INSERT 0 3
db> SELECT count(*), count(n), sum(n), avg(n), min(n), max(n) FROM t
count int8 | count int8 | sum int8 | avg numeric        | min int4 | max int4
3          | 2          | 3        | 1.5000000000000000 | 1        | 2
SELECT 1
db> SELECT sum(f), avg(f), sum(d), avg(d), min(s), max(s) FROM t
sum float8 | avg float8 | sum numeric | avg numeric        | min text | max text
4          | 2          | 3.75        | 1.8750000000000000 | a        | b
SELECT 1
db> SELECT count(*), sum(n), avg(n), max(s) FROM t WHERE false
count int8 | sum int8 | avg numeric | max text
0          | NULL     | NULL        | NULL
SELECT 1
db> SELECT sum(n::smallint), sum(n::bigint), avg(n::bigint) FROM t
sum int8 | sum numeric | avg numeric
3        | 3           | 1.5000000000000000
SELECT 1
db> SELECT sum(s) FROM t
ERROR 42883: function sum(text) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT sum(n, n) FROM t
ERROR 42883: function sum(integer, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
