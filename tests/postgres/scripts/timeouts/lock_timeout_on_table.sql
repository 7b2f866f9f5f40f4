-- And for a table.

setup> CREATE TABLE t (n int)
CREATE TABLE
a> BEGIN
BEGIN
a> LOCK t
LOCK TABLE
b> SET lock_timeout = '200ms'
SET
b> SELECT * FROM t
waits
sleep 500ms
b: ERROR 55P03: canceling statement due to lock timeout
a> COMMIT
COMMIT
