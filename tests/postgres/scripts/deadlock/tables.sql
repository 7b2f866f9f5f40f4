-- Table locks take part.

setup> CREATE TABLE t (n int)
CREATE TABLE
setup> CREATE TABLE u (n int)
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> LOCK t IN EXCLUSIVE MODE
LOCK TABLE
b> LOCK u IN EXCLUSIVE MODE
LOCK TABLE
a> INSERT INTO u VALUES (1)
waits
b> INSERT INTO t VALUES (1)
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for RowExclusiveLock on relation # of database #; blocked by process #.\nProcess # waits for RowExclusiveLock on relation # of database #; blocked by process #.
a: HINT: See server log for query details.
b: INSERT 0 1
a> ROLLBACK
ROLLBACK
b> COMMIT
COMMIT
