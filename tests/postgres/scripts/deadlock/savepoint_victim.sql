-- A victim inside of a savepoint may go on from it; locks from before stay.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> BEGIN
BEGIN
a> SAVEPOINT s
SAVEPOINT
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> BEGIN
BEGIN
b> UPDATE t SET n = 2 WHERE id = 2
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 2
waits
b> UPDATE t SET n = 2 WHERE id = 1
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
a> ROLLBACK TO s
ROLLBACK
b> COMMIT
COMMIT
a> COMMIT
COMMIT
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 2
2       | 2
SELECT 2
