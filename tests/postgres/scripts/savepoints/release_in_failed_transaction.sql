-- RELEASE is refused in a failed transaction, ROLLBACK TO is not.

db> BEGIN
BEGIN
db> SAVEPOINT s
SAVEPOINT
db> SELECT 1/0
ERROR 22012: division by zero
db> RELEASE s
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> SAVEPOINT u
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK TO s
ROLLBACK
db> SELECT 1 AS alive
alive int4
1
SELECT 1
db> COMMIT
COMMIT
