-- The row was deleted meanwhile: the waiting update affects nothing, and is no error.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t WHERE id = 1
DELETE 1
b> UPDATE t SET n = 11 WHERE id = 1
waits
a> COMMIT
COMMIT
b: UPDATE 0
