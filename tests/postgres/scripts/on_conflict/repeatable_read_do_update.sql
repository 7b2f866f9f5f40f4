-- REPEATABLE READ: a conflict with a row that the snapshot does not see is 40001.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM t
id int4 | n int4
SELECT 0
b> INSERT INTO t VALUES (1, 5)
INSERT 0 1
a> INSERT INTO t VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = excluded.n
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
