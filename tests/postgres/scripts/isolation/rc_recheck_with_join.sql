-- Only the locked table's row is fetched anew; the other side of the join keeps its snapshot's row.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE f (id int PRIMARY KEY, factor int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
setup> INSERT INTO f VALUES (1, 2)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 20 WHERE id = 1
UPDATE 1
a> UPDATE f SET factor = 3 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = t.n * f.factor FROM f WHERE f.id = t.id RETURNING t.n
waits
a> COMMIT
COMMIT
b: n int4
b: 40
b: UPDATE 1
