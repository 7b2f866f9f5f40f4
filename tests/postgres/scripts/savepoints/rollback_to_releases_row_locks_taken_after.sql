-- A lock that was first taken after the savepoint goes with ROLLBACK TO.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> SELECT n FROM t WHERE id = 1 FOR UPDATE
n int4
0
SELECT 1
b> UPDATE t SET n = 5 WHERE id = 1
waits
a> ROLLBACK TO s
ROLLBACK
b: UPDATE 1
a> COMMIT
COMMIT
