-- 3B001, and the transaction has failed.

db> BEGIN
BEGIN
db> ROLLBACK TO nowhere
ERROR 3B001: savepoint "nowhere" does not exist
db> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> RELEASE nowhere
ERROR 3B001: savepoint "nowhere" does not exist
db> ROLLBACK
ROLLBACK
