-- DO UPDATE works on the newest version, also one that its snapshot does not see.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 5)
INSERT 0 1
b> INSERT INTO t VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n RETURNING n
waits
a> COMMIT
COMMIT
b: n int4
b: 15
b: INSERT 0 1
