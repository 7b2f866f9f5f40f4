-- SET LOCAL lock_timeout, as migration tools do.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> SELECT * FROM t
n int4
SELECT 0
b> BEGIN
BEGIN
b> SET LOCAL lock_timeout = '200ms'
SET
b> ALTER TABLE t ADD COLUMN m int
waits
sleep 500ms
b: ERROR 55P03: canceling statement due to lock timeout
b> ROLLBACK
ROLLBACK
b> SHOW lock_timeout
lock_timeout text
0
SHOW
a> COMMIT
COMMIT
