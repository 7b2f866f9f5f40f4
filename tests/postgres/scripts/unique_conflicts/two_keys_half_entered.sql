-- A row that waits for its second key already has its first: others run into it.

setup> CREATE TABLE t (id int PRIMARY KEY, k int UNIQUE)
CREATE TABLE
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 1)
INSERT 0 1
b> BEGIN
BEGIN
b> INSERT INTO t VALUES (2, 1)
waits
a> INSERT INTO t VALUES (2, 2)
waits
sleep 2s
b: ERROR 40P01: deadlock detected
b: DETAIL: Process # waits for ShareLock on transaction #; blocked by process #.\nProcess # waits for ShareLock on transaction #; blocked by process #.
b: HINT: See server log for query details.
a: INSERT 0 1
a> ROLLBACK
ROLLBACK
b> ROLLBACK
ROLLBACK
setup> SELECT * FROM t
id int4 | k int4
SELECT 0
a> BEGIN
BEGIN
a> INSERT INTO t VALUES (1, 1)
INSERT 0 1
b> INSERT INTO t VALUES (2, 1)
waits
c> INSERT INTO t VALUES (2, 3)
waits
a> ROLLBACK
ROLLBACK
b: INSERT 0 1
c: ERROR 23505: duplicate key value violates unique constraint "t_pkey"
c: DETAIL: Key (id)=(2) already exists.
c: CONSTRAINT: t_pkey
setup> SELECT * FROM t
id int4 | k int4
2       | 1
SELECT 1
