-- lock_timeout: 55P03 while waiting for a row.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> SET lock_timeout = '300ms'
SET
b> BEGIN
BEGIN
b> UPDATE t SET n = 2
waits
sleep 600ms
b: ERROR 55P03: canceling statement due to lock timeout
b> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
b> ROLLBACK
ROLLBACK
a> COMMIT
COMMIT
b> UPDATE t SET n = 3
UPDATE 1
