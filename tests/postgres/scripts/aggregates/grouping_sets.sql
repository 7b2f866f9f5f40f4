-- GROUPING SETS, ROLLUP, CUBE.

db> CREATE TABLE t (a text, b text, n int)
CREATE TABLE
db> INSERT INTO t VALUES ('x', 'p', 1), ('x', 'q', 2), ('y', 'p', 4)
INSERT 0 3
db> SELECT a, b, sum(n) FROM t GROUP BY ROLLUP (a, b) ORDER BY a, b
a text | b text | sum int8
x      | p      | 1
x      | q      | 2
x      | NULL   | 3
y      | p      | 4
y      | NULL   | 4
NULL   | NULL   | 7
SELECT 6
db> SELECT a, b, sum(n), grouping(a, b) FROM t GROUP BY CUBE (a, b) ORDER BY grouping(a, b), a, b
a text | b text | sum int8 | grouping int4
x      | p      | 1        | 0
x      | q      | 2        | 0
y      | p      | 4        | 0
x      | NULL   | 3        | 1
y      | NULL   | 4        | 1
NULL   | p      | 5        | 2
NULL   | q      | 2        | 2
NULL   | NULL   | 7        | 3
SELECT 8
db> SELECT a, sum(n) FROM t GROUP BY GROUPING SETS ((a), ()) ORDER BY a
a text | sum int8
x      | 3
y      | 4
NULL   | 7
SELECT 3
