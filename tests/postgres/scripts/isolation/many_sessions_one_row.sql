-- A row with many waiters: each adds one, none is lost.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = n + 1
UPDATE 1
b> UPDATE t SET n = n + 1
waits
c> UPDATE t SET n = n + 1
waits
d> UPDATE t SET n = n + 1
waits
e> UPDATE t SET n = n + 1
waits
a> COMMIT
COMMIT
b: UPDATE 1
c: UPDATE 1
d: UPDATE 1
e: UPDATE 1
a> SELECT n FROM t
n int4
5
SELECT 1
