-- Two unique keys inserted in opposite order.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> INSERT INTO t VALUES (1)
INSERT 0 1
b> INSERT INTO t VALUES (2)
INSERT 0 1
a> INSERT INTO t VALUES (2)
waits
b> INSERT INTO t VALUES (1)
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: INSERT 0 1
b> COMMIT
COMMIT
a> ROLLBACK
ROLLBACK
b> SELECT * FROM t ORDER BY id
id int4
1
2
SELECT 2
