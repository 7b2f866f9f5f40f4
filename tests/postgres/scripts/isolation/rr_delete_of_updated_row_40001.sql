-- A delete is held to the same rule.

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
a> DELETE FROM t WHERE id = 1
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
