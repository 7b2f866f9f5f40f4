-- A failed transaction has been aborted: its row locks go at the error, before ROLLBACK.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1 WHERE id = 1
UPDATE 1
b> UPDATE t SET n = n + 10 WHERE id = 1
waits
a> SELECT 1/0
ERROR 22012: division by zero
b: UPDATE 1
a> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
a> ROLLBACK
ROLLBACK
b> SELECT n FROM t
n int4
10
SELECT 1
