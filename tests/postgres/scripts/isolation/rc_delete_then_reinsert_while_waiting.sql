-- Delete and insert of the same key is another row: the waiting update does not find it.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t WHERE id = 1
DELETE 1
a> INSERT INTO t VALUES (1, 5)
INSERT 0 1
b> UPDATE t SET n = n + 1 WHERE id = 1
waits
a> COMMIT
COMMIT
b: UPDATE 0
b> SELECT * FROM t
id int4 | n int4
1       | 5
SELECT 1
