-- Savepoints within savepoints: what is undone, and which rows are let go.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0), (2, 0), (3, 0)
INSERT 0 3
a> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
a> SAVEPOINT x
SAVEPOINT
a> UPDATE t SET n = 2 WHERE id = 2
UPDATE 1
a> SAVEPOINT x
SAVEPOINT
a> INSERT INTO t VALUES (1, 9)
ERROR 23505: duplicate key value violates unique constraint "t_pkey"
DETAIL: Key (id)=(1) already exists.
CONSTRAINT: t_pkey
a> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
a> ROLLBACK TO x
ROLLBACK
a> UPDATE t SET n = 3 WHERE id = 3
UPDATE 1
b> UPDATE t SET n = 30 WHERE id = 3
waits
a> ROLLBACK TO SAVEPOINT x
ROLLBACK
b: UPDATE 1
a> RELEASE x
RELEASE
c> UPDATE t SET n = 20 WHERE id = 2
waits
a> ROLLBACK TO x
ROLLBACK
c: UPDATE 1
a> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 1
2       | 20
3       | 30
SELECT 3
a> RELEASE x
RELEASE
a> ROLLBACK TO x
ERROR 3B001: savepoint "x" does not exist
a> COMMIT
ROLLBACK
setup> SELECT * FROM t ORDER BY id
id int4 | n int4
1       | 0
2       | 20
3       | 30
SELECT 3
