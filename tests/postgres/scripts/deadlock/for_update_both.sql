-- With FOR UPDATE it is the same.

setup> CREATE TABLE t (id int PRIMARY KEY)
CREATE TABLE
setup> INSERT INTO t VALUES (1), (2)
INSERT 0 2
a> BEGIN
BEGIN
b> BEGIN
BEGIN
a> SELECT id FROM t WHERE id = 1 FOR UPDATE
id int4
1
SELECT 1
b> SELECT id FROM t WHERE id = 2 FOR UPDATE
id int4
2
SELECT 1
a> SELECT id FROM t WHERE id = 2 FOR UPDATE
waits
b> SELECT id FROM t WHERE id = 1 FOR UPDATE
waits
sleep 1500ms
a: ERROR 40P01: deadlock detected
a: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
a: HINT: See server log for query details.
b: id int4
b: 1
b: SELECT 1
b> COMMIT
COMMIT
a> ROLLBACK
ROLLBACK
