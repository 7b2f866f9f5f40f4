-- A cycle over a row and an advisory lock.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> SELECT pg_advisory_xact_lock(5)
pg_advisory_xact_lock void
''
SELECT 1
a> SELECT pg_advisory_xact_lock(5)
waits
b> UPDATE t SET n = 2
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ExclusiveLock on advisory lock [#,#,#,#]; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: UPDATE 1
b> COMMIT
COMMIT
a> ROLLBACK
ROLLBACK
