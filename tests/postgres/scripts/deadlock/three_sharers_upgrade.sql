-- Sharers that upgrade wait for the others one by one, the oldest first, and pass the queue.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1,1)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
c> BEGIN
BEGIN
a> SELECT * FROM t FOR SHARE
id int4 | n int4
1       | 1
SELECT 1
b> SELECT * FROM t FOR SHARE
id int4 | n int4
1       | 1
SELECT 1
c> SELECT * FROM t FOR KEY SHARE
id int4 | n int4
1       | 1
SELECT 1
a> UPDATE t SET n = 2
waits
b> UPDATE t SET n = 3
waits
c> UPDATE t SET n = 4
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
b> ROLLBACK
ROLLBACK
c: UPDATE 1
c> ROLLBACK
ROLLBACK
a> COMMIT
ROLLBACK
c> COMMIT
WARNING 25P01: there is no transaction in progress
COMMIT
