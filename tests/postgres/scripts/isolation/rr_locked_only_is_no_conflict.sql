-- A row that was only locked, not changed, may be updated once the lock is gone.

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
b> SELECT n FROM t FOR UPDATE
n int4
10
SELECT 1
a> UPDATE t SET n = 12 WHERE id = 1
waits
b> COMMIT
COMMIT
a: UPDATE 1
a> COMMIT
COMMIT
