-- As above, with the other one still open: wait, then 40001 when it commits.

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
a> UPDATE t SET n = 12 WHERE id = 1
waits
b> COMMIT
COMMIT
a: ERROR 40001: could not serialize access due to concurrent update
a> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
a> ROLLBACK
ROLLBACK
