-- After an error only ROLLBACK helps; COMMIT of a failed transaction reports ROLLBACK.

db> CREATE TABLE t (n int)
CREATE TABLE
db> BEGIN
BEGIN
db> INSERT INTO t VALUES (1)
INSERT 0 1
db> SELECT 1/0
ERROR 22012: division by zero
db> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> INSERT INTO t VALUES (2)
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> COMMIT
ROLLBACK
db> SELECT count(*) FROM t
count int8
0
SELECT 1
