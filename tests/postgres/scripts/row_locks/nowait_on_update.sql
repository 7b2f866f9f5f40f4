-- NOWAIT: 55P03 with the relation's name, and the transaction has failed.

setup> CREATE TABLE t (id int PRIMARY KEY, n int)
CREATE TABLE
setup> INSERT INTO t VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE t SET n = 1
UPDATE 1
b> BEGIN
BEGIN
b> SELECT n FROM t FOR UPDATE NOWAIT
ERROR 55P03: could not obtain lock on row in relation "t"
b> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
b> ROLLBACK
ROLLBACK
a> COMMIT
COMMIT
