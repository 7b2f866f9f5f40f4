-- A delete that waited returns the version it deleted.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 5
UPDATE 1
b> DELETE FROM t WHERE id = 1 RETURNING *
waits
a> COMMIT
COMMIT
b: id int4 | n int4
b: 1       | 5
b: DELETE 1
