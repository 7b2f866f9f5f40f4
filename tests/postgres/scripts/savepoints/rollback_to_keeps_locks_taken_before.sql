-- A lock from before the savepoint stays.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT n FROM t WHERE id = 1 FOR UPDATE
n int4
0
SELECT 1
a> SAVEPOINT s
SAVEPOINT
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 10 WHERE id = 1 RETURNING n
waits
a> ROLLBACK TO s
ROLLBACK
a> COMMIT
COMMIT
b: n int4
b: 10
b: UPDATE 1
