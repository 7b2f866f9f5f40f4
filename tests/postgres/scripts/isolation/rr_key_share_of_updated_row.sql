-- FOR KEY SHARE does not mind an update that left the key alone: no 40001.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM t
id int4 | n int4
1       | 0
SELECT 1
b> UPDATE t SET n = 1
UPDATE 1
a> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 0
SELECT 1
a> SELECT * FROM t FOR SHARE
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
