-- A savepoint before the attempt, and the transaction goes on.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> BEGIN
BEGIN
b> SET LOCAL lock_timeout = '200ms'
SET
b> SAVEPOINT s
SAVEPOINT
b> SELECT n FROM t FOR UPDATE
waits
sleep 500ms
b: ERROR 55P03: canceling statement due to lock timeout
b> ROLLBACK TO s
ROLLBACK
b> SELECT n FROM t
n int4
0
SELECT 1
b> COMMIT
COMMIT
a> COMMIT
COMMIT
