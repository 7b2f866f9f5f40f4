-- The victim's locks go at the error, before its ROLLBACK.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id IN (1, 3)
UPDATE 2
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 2
waits
b> UPDATE t SET n = 1 WHERE id = 1
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
c> SELECT id FROM t WHERE id = 3 FOR UPDATE NOWAIT
id int4
3
SELECT 1
a> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
a> ROLLBACK
ROLLBACK
b> ROLLBACK
ROLLBACK
