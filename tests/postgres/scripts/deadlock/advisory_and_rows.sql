-- A circle of an advisory lock and a row.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT pg_advisory_xact_lock(7)
pg_advisory_xact_lock void
''
SELECT 1
b> UPDATE t SET n = 1
UPDATE 1
a> UPDATE t SET n = 2
waits
b> SELECT pg_advisory_xact_lock(7)
waits
sleep 2s
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ExclusiveLock on advisory lock [#,#,#,#]; blocked by process #.
a: HINT: See server log for query details.
b: pg_advisory_xact_lock void
b: ''
b: SELECT 1
b> ROLLBACK
ROLLBACK
a> COMMIT
ROLLBACK
setup> SELECT * FROM t
id int4 | n int4
1       | 0
SELECT 1
