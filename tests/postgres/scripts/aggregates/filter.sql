-- FILTER restricts one aggregate.

db> CREATE TABLE t (g int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 1), (1, 2), (2, 10)
INSERT 0 3
db> SELECT count(*) FILTER (WHERE n > 1), sum(n) FILTER (WHERE g = 1), max(n) FILTER (WHERE false) FROM t
count int8 | sum int8 | max int4
2          | 3        | NULL
SELECT 1
db> SELECT g, count(*) FILTER (WHERE n > 1) FROM t GROUP BY g ORDER BY g
g int4 | count int8
1      | 1
2      | 1
SELECT 2
db> SELECT lower('a') FILTER (WHERE true)
ERROR 42809: FILTER specified, but lower is not an aggregate function
