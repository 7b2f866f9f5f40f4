-- The sort happens before the lock: rows come in the order of their old values, with the new ones.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1), (2, 2)
INSERT 0 2
a> BEGIN
BEGIN
a> UPDATE t SET n = 3 WHERE id = 1
UPDATE 1
b> SELECT * FROM t ORDER BY n FOR UPDATE
waits
a> COMMIT
COMMIT
b: id int4 | n int4
b: 1       | 3
b: 2       | 2
b: SELECT 2
