-- An update of several rows keeps the locks of those it has done while it waits for the next.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
b> UPDATE t SET n = n + 10
waits
c> SELECT id FROM t ORDER BY id FOR UPDATE SKIP LOCKED
id int4
3
SELECT 1
c> SELECT id FROM t WHERE id = 1 FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
a> COMMIT
COMMIT
b: UPDATE 3
b> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 10
2       | 11
3       | 10
SELECT 3
