-- The other one rolls back: the update goes through.

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
b> BEGIN
BEGIN
b> UPDATE t SET n = 11 WHERE id = 1
UPDATE 1
a> UPDATE t SET n = n + 1 WHERE id = 1 RETURNING n
waits
b> ROLLBACK
ROLLBACK
a: n int4
a: 11
a: UPDATE 1
a> COMMIT
COMMIT
