-- The first writer changes the key: the second, which asked for the old key, finds that it matches no more.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET id = 2 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 1 WHERE id = 1
waits
a> COMMIT
COMMIT
b: UPDATE 0
b> SELECT * FROM t
id int4 | n int4
2       | 0
SELECT 1
