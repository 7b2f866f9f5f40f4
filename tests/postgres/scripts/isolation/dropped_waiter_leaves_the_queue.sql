-- A client that vanishes while it waits holds nobody up.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 10)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 11 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 5 WHERE id = 1
waits
c> UPDATE t SET n = n + 100 WHERE id = 1
waits
disconnect b
a> COMMIT
COMMIT
c: UPDATE 1
c> SELECT n FROM t
n int4
111
SELECT 1
