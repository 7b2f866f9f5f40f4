-- Two that hold SHARE and both write.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> LOCK t IN SHARE MODE
LOCK TABLE
b> LOCK t IN SHARE MODE
LOCK TABLE
a> INSERT INTO t VALUES (1)
waits
b> INSERT INTO t VALUES (2)
ERROR 40P01: deadlock detected
DETAIL: Process # waits for RowExclusiveLock on relation # of database #; blocked by process #.\nProcess # waits for RowExclusiveLock on relation # of database #; blocked by process #.
HINT: See server log for query details.
a: INSERT 0 1
sleep 1500ms
b> COMMIT
ROLLBACK
a> ROLLBACK
ROLLBACK
