-- The row is being updated: wait, then go on from the new value.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 100
UPDATE 1
b> INSERT INTO t VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 110
b: INSERT 0 1
