-- The row is being deleted: wait, then insert.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM t
DELETE 1
b> INSERT INTO t VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 10
b: INSERT 0 1
