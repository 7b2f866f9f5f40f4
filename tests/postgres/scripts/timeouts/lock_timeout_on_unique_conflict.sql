-- And for another transaction's end in a unique conflict.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1)
INSERT 0 1
b> SET lock_timeout = '200ms'
SET
b> INSERT INTO t VALUES (1)
waits
sleep 500ms
b: ERROR 55P03: canceling statement due to lock timeout
a> COMMIT
COMMIT
