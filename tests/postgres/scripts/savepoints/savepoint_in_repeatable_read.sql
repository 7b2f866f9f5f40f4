-- A 40001 in a savepoint can be rolled back to it, but comes again.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT n FROM t
n int4
0
SELECT 1
b> UPDATE t SET n = 1
UPDATE 1
a> SAVEPOINT s
SAVEPOINT
a> UPDATE t SET n = 2
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK TO s
ROLLBACK
a> UPDATE t SET n = 2
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
