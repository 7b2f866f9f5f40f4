-- REPEATABLE READ: a row that someone changed since the snapshot may not be updated.

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
b> UPDATE t SET n = 11 WHERE id = 1
UPDATE 1
a> UPDATE t SET n = 12 WHERE id = 1
ERROR 40001: could not serialize access due to concurrent update
a> COMMIT
ROLLBACK
a> SELECT n FROM t
n int4
11
SELECT 1
