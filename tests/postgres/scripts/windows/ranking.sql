-- row_number, rank, dense_rank, ntile, percent_rank, cume_dist.

db> CREATE TABLE t (g text, n int)
CREATE TABLE
db> INSERT INTO t VALUES ('a', 10), ('a', 20), ('a', 20), ('b', 5)
INSERT 0 4
db> SELECT g, n, row_number() OVER (ORDER BY g, n), rank() OVER (ORDER BY n), dense_rank() OVER (ORDER BY n) FROM t ORDER BY g, n, 3
g text | n int4 | row_number int8 | rank int8 | dense_rank int8
a      | 10     | 1               | 2         | 2
a      | 20     | 2               | 3         | 3
a      | 20     | 3               | 3         | 3
b      | 5      | 4               | 1         | 1
SELECT 4
db> SELECT g, n, ntile(2) OVER (ORDER BY n, g), percent_rank() OVER (ORDER BY n), cume_dist() OVER (ORDER BY n) FROM t ORDER BY n, g
g text | n int4 | ntile int4 | percent_rank float8 | cume_dist float8
b      | 5      | 1          | 0                   | 0.25
a      | 10     | 1          | 0.3333333333333333  | 0.5
a      | 20     | 2          | 0.6666666666666666  | 1
a      | 20     | 2          | 0.6666666666666666  | 1
SELECT 4
db> SELECT g, row_number() OVER (PARTITION BY g ORDER BY n) FROM t ORDER BY 1, 2
g text | row_number int8
a      | 1
a      | 2
a      | 3
b      | 1
SELECT 4
