-- Both read, then both want to alter: an upgrade from ACCESS SHARE.

setup> CREATE TABLE t (id int)
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT * FROM t
id int4
SELECT 0
b> SELECT * FROM t
id int4
SELECT 0
a> ALTER TABLE t ADD COLUMN x int
waits
b> ALTER TABLE t ADD COLUMN y int
ERROR 40P01: deadlock detected
DETAIL: Process # waits for AccessExclusiveLock on relation # of database #; blocked by process #.\nProcess # waits for AccessExclusiveLock on relation # of database #; blocked by process #.
HINT: See server log for query details.
a: ALTER TABLE
sleep 2s
a> ROLLBACK
ROLLBACK
b> ROLLBACK
ROLLBACK
