-- Who gave up is passed over.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> SET lock_timeout = '200ms'
SET
b> UPDATE t SET n = n + 10
waits
c> UPDATE t SET n = n + 100
waits
sleep 500ms
b: ERROR 55P03: canceling statement due to lock timeout
a> COMMIT
COMMIT
c: UPDATE 1
c> SELECT n FROM t
n int4
101
SELECT 1
