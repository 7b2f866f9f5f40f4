-- Concurrent updates of different rows do not disturb each other.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 0
2       | 0
SELECT 2
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 0
SELECT 2
a> COMMIT
COMMIT
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 1
SELECT 2
