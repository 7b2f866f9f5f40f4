-- With a longer deadlock_timeout the first waiter looks later, so that the second one is the victim.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> SET deadlock_timeout = '10s'
SET
b> SET deadlock_timeout = '300ms'
SET
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 2
waits
b> UPDATE t SET n = 1 WHERE id = 1
waits
sleep 600ms
a: UPDATE 1
b: ERROR 40P01: deadlock detected
b: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
b: HINT: See server log for query details.
a> COMMIT
COMMIT
b> ROLLBACK
ROLLBACK
