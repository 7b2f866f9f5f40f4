-- DISTINCT takes NULLs as equal; DISTINCT ON keeps the first of each.

db> CREATE TABLE t (g int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10), (1, 20), (2, 5), (NULL, 1), (NULL, 2)
INSERT 0 5
db> SELECT DISTINCT g FROM t ORDER BY g
g int4
1
2
NULL
SELECT 3
db> SELECT DISTINCT ON (g) g, n FROM t ORDER BY g, n DESC
g int4 | n int4
1      | 20
2      | 5
NULL   | 2
SELECT 3
db> SELECT DISTINCT ON (g) g, n FROM t ORDER BY n
ERROR 42P10: SELECT DISTINCT ON expressions must match initial ORDER BY expressions
db> SELECT count(DISTINCT g), count(DISTINCT n) FROM t
count int8 | count int8
2          | 5
SELECT 1
