-- A snapshot and one's own changes on top.

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
b> INSERT INTO t VALUES (2, 0)
INSERT 0 1
a> INSERT INTO t VALUES (3, 0)
INSERT 0 1
a> UPDATE t SET n = n + 1
UPDATE 2
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
3       | 1
SELECT 2
a> COMMIT
COMMIT
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 0
3       | 1
SELECT 3
