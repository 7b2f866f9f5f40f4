-- Two rows in opposite order: the one whose deadlock_timeout runs out first finds the cycle and is the victim.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
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
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
b> COMMIT
COMMIT
a> COMMIT
ROLLBACK
