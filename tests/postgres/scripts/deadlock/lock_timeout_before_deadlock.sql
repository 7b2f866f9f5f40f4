-- A lock_timeout that is shorter than deadlock_timeout comes first.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0)
INSERT 0 2
a> SET lock_timeout = '300ms'
SET
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = 1 WHERE id = 2
UPDATE 1
a> UPDATE t SET n = 1 WHERE id = 2
waits
b> UPDATE t SET n = 1 WHERE id = 1
waits
sleep 600ms
a: ERROR 55P03: canceling statement due to lock timeout
b: UPDATE 1
b> COMMIT
COMMIT
a> ROLLBACK
ROLLBACK
