-- Aggregates over a window: the default frame takes peers in.

db> CREATE TABLE t (id int, n int)
CREATE TABLE
db> INSERT INTO t VALUES (1, 10), (2, 20), (2, 30), (3, 40)
INSERT 0 4
db> SELECT id, n, sum(n) OVER () AS all_, sum(n) OVER (ORDER BY id) AS peers, sum(n) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) > 0 AS rows_ FROM t ORDER BY id, n
id int4 | n int4 | all_ int8 | peers int8 | rows_ bool
1       | 10     | 100       | 10         | t
2       | 20     | 100       | 60         | t
2       | 30     | 100       | 60         | t
3       | 40     | 100       | 100        | t
SELECT 4
db> SELECT id, avg(n) OVER (ORDER BY n ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t ORDER BY n
id int4 | avg numeric
1       | 15.0000000000000000
2       | 20.0000000000000000
2       | 30.0000000000000000
3       | 35.0000000000000000
SELECT 4
db> SELECT id, count(*) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t ORDER BY id
id int4 | count int8
1       | 1
2       | 3
2       | 3
3       | 3
SELECT 4
db> SELECT id, sum(n) FILTER (WHERE n > 10) OVER (ORDER BY n) FROM t ORDER BY n
id int4 | sum int8
1       | NULL
2       | 20
2       | 50
3       | 90
SELECT 4
