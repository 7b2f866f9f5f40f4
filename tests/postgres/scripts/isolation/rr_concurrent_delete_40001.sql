-- The message tells a delete from an update.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT n FROM t
n int4
10
SELECT 1
b> DELETE FROM t WHERE id = 1
DELETE 1
a> UPDATE t SET n = 12 WHERE id = 1
ERROR 40001: could not serialize access due to concurrent delete
a> ROLLBACK
ROLLBACK
