-- SHARE lets readers in and keeps writers out.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> LOCK TABLE t IN SHARE MODE
LOCK TABLE
b> SELECT * FROM t
id int4 | n int4
1       | 0
SELECT 1
b> UPDATE t SET n = 1
waits
c> INSERT INTO t VALUES (2, 0)
waits
a> COMMIT
COMMIT
b: UPDATE 1
c: INSERT 0 1
