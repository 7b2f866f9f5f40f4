-- Who has the shorter deadlock_timeout is the victim.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> SET deadlock_timeout = '300ms'
SET
b> SET deadlock_timeout = '5s'
SET
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 2 WHERE id = 2
UPDATE 1
b> UPDATE t SET n = 2 WHERE id = 1
waits
a> UPDATE t SET n = 1 WHERE id = 2
waits
sleep 1s
b: UPDATE 1
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
a> ROLLBACK
ROLLBACK
b> COMMIT
COMMIT
