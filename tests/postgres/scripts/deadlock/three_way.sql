-- Three in a circle; who finds it is the victim, and the others go on.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
b> BEGIN
BEGIN
c> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 2 WHERE id = 2
UPDATE 1
c> UPDATE t SET n = 3 WHERE id = 3
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 2
waits
b> UPDATE t SET n = 2 WHERE id = 3
waits
c> UPDATE t SET n = 3 WHERE id = 1
waits
sleep 2s
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
c: UPDATE 1
c> ROLLBACK
ROLLBACK
b: UPDATE 1
b> COMMIT
COMMIT
a> COMMIT
ROLLBACK
setup> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 0
2       | 2
3       | 2
SELECT 3
