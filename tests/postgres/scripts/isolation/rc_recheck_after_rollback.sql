-- If the first writer rolls back, the second goes on with the old version.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 99 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 1 WHERE id = 1 RETURNING n
waits
a> ROLLBACK
ROLLBACK
b: n int4
b: 11
b: UPDATE 1
