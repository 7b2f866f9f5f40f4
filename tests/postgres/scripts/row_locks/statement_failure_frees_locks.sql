-- A single statement that fails gives its locks back.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1), (2, 0)
INSERT 0 2
a> UPDATE t SET n = 10 / n
ERROR 22012: division by zero
b> SELECT id FROM t ORDER BY id FOR UPDATE NOWAIT
id int4
1
2
SELECT 2
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 0
SELECT 2
