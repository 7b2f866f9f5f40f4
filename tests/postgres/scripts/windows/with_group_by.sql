-- A window over groups; windows are not allowed in WHERE.

db> CREATE TABLE t (g text, n int)
CREATE TABLE
db> INSERT INTO t VALUES ('a', 1), ('a', 2), ('b', 5)
INSERT 0 3
db> SELECT g, sum(n), rank() OVER (ORDER BY sum(n) DESC), sum(sum(n)) OVER () AS total FROM t GROUP BY g ORDER BY g
g text | sum int8 | rank int8 | total numeric
a      | 3        | 2         | 8
b      | 5        | 1         | 8
SELECT 2
db> SELECT g FROM t WHERE row_number() OVER () = 1
ERROR 42P20: window functions are not allowed in WHERE
db> SELECT g FROM t GROUP BY g HAVING rank() OVER (ORDER BY g) = 1
ERROR 42P20: window functions are not allowed in HAVING
db> SELECT rank() FROM t
ERROR 42809: window function rank requires an OVER clause
db> SELECT sum(n) OVER (ORDER BY nowhere) FROM t
ERROR 42703: column "nowhere" does not exist
db> SELECT sum(n) OVER nowhere FROM t
ERROR 42704: window "nowhere" does not exist
