-- Savepoints need a transaction.

db> SAVEPOINT s
ERROR 25P01: SAVEPOINT can only be used in transaction blocks
db> ROLLBACK TO s
ERROR 25P01: ROLLBACK TO SAVEPOINT can only be used in transaction blocks
db> RELEASE s
ERROR 25P01: RELEASE SAVEPOINT can only be used in transaction blocks
