-- Transaction control where it does not belong.

db> COMMIT
WARNING 25P01: there is no transaction in progress
COMMIT
db> ROLLBACK
WARNING 25P01: there is no transaction in progress
ROLLBACK
db> END
WARNING 25P01: there is no transaction in progress
COMMIT
db> ABORT
WARNING 25P01: there is no transaction in progress
ROLLBACK
db> SAVEPOINT a
ERROR 25P01: SAVEPOINT can only be used in transaction blocks
db> RELEASE a
ERROR 25P01: RELEASE SAVEPOINT can only be used in transaction blocks
db> ROLLBACK TO a
ERROR 25P01: ROLLBACK TO SAVEPOINT can only be used in transaction blocks
db> COMMIT AND CHAIN
ERROR 25P01: COMMIT AND CHAIN can only be used in transaction blocks
db> ROLLBACK AND CHAIN
ERROR 25P01: ROLLBACK AND CHAIN can only be used in transaction blocks
db> LOCK TABLE nope
ERROR 25P01: LOCK TABLE can only be used in transaction blocks
db> SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
WARNING 25P01: SET TRANSACTION can only be used in transaction blocks
SET
db> SET LOCAL lock_timeout = 1
WARNING 25P01: SET LOCAL can only be used in transaction blocks
SET
db> SET TRANSACTION READ ONLY
WARNING 25P01: SET TRANSACTION can only be used in transaction blocks
SET
db> SHOW transaction_read_only
transaction_read_only text
off
SHOW
db> BEGIN
BEGIN
db> BEGIN
WARNING 25001: there is already a transaction in progress
BEGIN
db> START TRANSACTION READ ONLY
WARNING 25001: there is already a transaction in progress
START TRANSACTION
db> SHOW transaction_read_only
transaction_read_only text
on
SHOW
db> COMMIT
COMMIT
db> BEGIN
BEGIN
db> RELEASE a
ERROR 3B001: savepoint "a" does not exist
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> ROLLBACK TO a
ERROR 3B001: savepoint "a" does not exist
db> SAVEPOINT a
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK TO SAVEPOINT a
ERROR 3B001: savepoint "a" does not exist
db> COMMIT
ROLLBACK
db> BEGIN
BEGIN
db> SAVEPOINT a
SAVEPOINT
db> SAVEPOINT a
SAVEPOINT
db> RELEASE SAVEPOINT a
RELEASE
db> RELEASE SAVEPOINT a
RELEASE
db> RELEASE SAVEPOINT a
ERROR 3B001: savepoint "a" does not exist
db> ROLLBACK
ROLLBACK
db> BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
BEGIN
db> SELECT 1
?column? int4
1
SELECT 1
db> SET TRANSACTION ISOLATION LEVEL READ COMMITTED
ERROR 25001: SET TRANSACTION ISOLATION LEVEL must be called before any query
db> ROLLBACK AND CHAIN
ROLLBACK
db> SHOW transaction_isolation
transaction_isolation text
read committed
SHOW
db> SHOW transaction_read_only
transaction_read_only text
off
SHOW
db> SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ WRITE
SET
db> COMMIT AND CHAIN
COMMIT
db> SHOW transaction_isolation
transaction_isolation text
serializable
SHOW
db> SHOW transaction_read_only
transaction_read_only text
off
SHOW
db> SELECT 1 / 0
ERROR 22012: division by zero
db> COMMIT AND CHAIN
ROLLBACK
db> SHOW transaction_isolation
transaction_isolation text
serializable
SHOW
db> COMMIT AND NO CHAIN
COMMIT
db> BEGIN
BEGIN
db> SAVEPOINT s
SAVEPOINT
db> SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
ERROR 25001: SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SAVEPOINT s
SAVEPOINT
db> SET TRANSACTION DEFERRABLE
ERROR 25001: SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SELECT 1
?column? int4
1
SELECT 1
db> SET TRANSACTION ISOLATION LEVEL READ COMMITTED
SET
db> SET TRANSACTION NOT DEFERRABLE
ERROR 25001: SET TRANSACTION [NOT] DEFERRABLE must be called before any query
db> COMMIT
ROLLBACK
db> BEGIN TRANSACTION ISOLATION LEVEL READ UNCOMMITTED
BEGIN
db> SHOW transaction_isolation
transaction_isolation text
read uncommitted
SHOW
db> PREPARE TRANSACTION 'x'
ERROR 55000: prepared transactions are disabled
HINT: Set max_prepared_transactions to a nonzero value.
db> SELECT 1
?column? int4
1
SELECT 1
db> COMMIT PREPARED 'x'
ERROR 42704: prepared transaction with identifier "x" does not exist
db> ROLLBACK PREPARED 'x'
ERROR 42704: prepared transaction with identifier "x" does not exist
db> BEGIN ISOLATION LEVEL SERIALIZABLE ISOLATION LEVEL READ COMMITTED
BEGIN
db> ROLLBACK
ROLLBACK
db> BEGIN READ ONLY, READ WRITE
BEGIN
db> ROLLBACK
ROLLBACK
db> VACUUM
VACUUM
db> BEGIN
BEGIN
db> VACUUM
ERROR 25001: VACUUM cannot run inside a transaction block
db> ROLLBACK
ROLLBACK
db> BEGIN
BEGIN
db> SELECT 1 / 0
ERROR 22012: division by zero
db> BEGIN
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> SAVEPOINT a
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> SHOW lock_timeout
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> SET lock_timeout = 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK TO a
ERROR 3B001: savepoint "a" does not exist
db> END
ROLLBACK
