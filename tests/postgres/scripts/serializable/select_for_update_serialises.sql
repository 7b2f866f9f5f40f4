-- Row locks of the rows read turn the skew into a wait and a plain 40001.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
b> BEGIN ISOLATION LEVEL SERIALIZABLE
BEGIN
a> SELECT * FROM t ORDER BY id FOR UPDATE
id int4 | n int4
1       | 0
2       | 0
SELECT 2
b> SELECT * FROM t ORDER BY id FOR UPDATE
waits
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
a> COMMIT
COMMIT
b: ERROR 40001: could not serialize access due to concurrent update
b> ROLLBACK
ROLLBACK
