-- Two sharers who both want to write.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT n FROM t FOR SHARE
n int4
0
SELECT 1
b> SELECT n FROM t FOR SHARE
n int4
0
SELECT 1
a> UPDATE t SET n = 1
waits
b> UPDATE t SET n = 2
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
b> COMMIT
COMMIT
a> ROLLBACK
ROLLBACK
