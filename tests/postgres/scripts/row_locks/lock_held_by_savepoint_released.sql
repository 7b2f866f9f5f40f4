-- RELEASE keeps the locks of the savepoint.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> UPDATE t SET n = 1
UPDATE 1
a> RELEASE s
RELEASE
b> SELECT id FROM t FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
a> COMMIT
COMMIT
b> SELECT id FROM t FOR UPDATE NOWAIT
id int4
1
SELECT 1
