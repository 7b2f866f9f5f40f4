-- The first of each group.

db> CREATE TABLE t (g text, n int)
CREATE TABLE
db> INSERT INTO t VALUES ('a', 1), ('a', 3), ('b', 2), ('b', 9)
INSERT 0 4
db> SELECT g, n FROM (SELECT g, n, row_number() OVER (PARTITION BY g ORDER BY n DESC) AS r FROM t) s WHERE r = 1 ORDER BY g
g text | n int4
a      | 3
b      | 9
SELECT 2
