-- One commit frees several rows with several waiters.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 2
b> UPDATE t SET n = n + 10 WHERE id = 1
waits
c> UPDATE t SET n = n + 10 WHERE id = 2
waits
a> COMMIT
COMMIT
b: UPDATE 1
c: UPDATE 1
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 11
2       | 11
SELECT 2
