-- A row updated since the snapshot is 40001.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 5)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM t
id int4 | n int4
1       | 5
SELECT 1
b> UPDATE t SET n = 6
UPDATE 1
a> INSERT INTO t VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = excluded.n
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
