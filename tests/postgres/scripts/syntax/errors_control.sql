-- Where broken transaction control and settings break.

db> BEGIN 1
ERROR 42601: syntax error at or near "1"
db> BEGIN ISOLATION
ERROR 42601: syntax error at end of input
db> BEGIN ISOLATION LEVEL
ERROR 42601: syntax error at end of input
db> BEGIN ISOLATION LEVEL SNAPSHOT
ERROR 42601: syntax error at or near "SNAPSHOT"
db> BEGIN TRANSACTION ISOLATION LEVEL READ
ERROR 42601: syntax error at end of input
db> BEGIN READ
ERROR 42601: syntax error at end of input
db> BEGIN NOT
ERROR 42601: syntax error at end of input
db> START
ERROR 42601: syntax error at end of input
db> START TRANSACTION ISOLATION SERIALIZABLE
ERROR 42601: syntax error at or near "SERIALIZABLE"
db> COMMIT AND
ERROR 42601: syntax error at end of input
db> COMMIT AND NO
ERROR 42601: syntax error at end of input
db> COMMIT TO a
ERROR 42601: syntax error at or near "TO"
db> ROLLBACK TO
ERROR 42601: syntax error at end of input
db> ROLLBACK a
ERROR 42601: syntax error at or near "a"
db> ABORT TO a
ERROR 42601: syntax error at or near "TO"
db> SAVEPOINT
ERROR 42601: syntax error at end of input
db> SAVEPOINT 1
ERROR 42601: syntax error at or near "1"
db> SAVEPOINT select
ERROR 42601: syntax error at or near "select"
db> RELEASE
ERROR 42601: syntax error at end of input
db> RELEASE SAVEPOINT
ERROR 25P01: RELEASE SAVEPOINT can only be used in transaction blocks
db> SET
ERROR 42601: syntax error at end of input
db> SET a
ERROR 42601: syntax error at end of input
db> SET a =
ERROR 42601: syntax error at end of input
db> SET a TO
ERROR 42601: syntax error at end of input
db> SET a 1
ERROR 42601: syntax error at or near "1"
db> SET a = select
ERROR 42601: syntax error at or near "select"
db> SET lock_timeout = 1 2
ERROR 42601: syntax error at or near "2"
db> SET TIME
ERROR 42601: syntax error at end of input
db> SET TIME ZONE
ERROR 42601: syntax error at end of input
db> SET TRANSACTION
ERROR 42601: syntax error at end of input
db> SET TRANSACTION ISOLATION
ERROR 42601: syntax error at end of input
db> SET LOCAL
ERROR 42601: syntax error at end of input
db> SET SESSION
ERROR 42601: syntax error at end of input
db> SET SESSION CHARACTERISTICS
ERROR 42601: syntax error at end of input
db> SET SESSION CHARACTERISTICS AS TRANSACTION
ERROR 42601: syntax error at end of input
db> SET CONSTRAINTS
ERROR 42601: syntax error at end of input
db> SET CONSTRAINTS ALL
ERROR 42601: syntax error at end of input
db> SET CONSTRAINTS c
ERROR 42601: syntax error at end of input
db> SHOW
ERROR 42601: syntax error at end of input
db> SHOW 1
ERROR 42601: syntax error at or near "1"
db> SHOW a b
ERROR 42601: syntax error at or near "b"
db> RESET
ERROR 42601: syntax error at end of input
db> RESET 1
ERROR 42601: syntax error at or near "1"
db> PREPARE
ERROR 42601: syntax error at end of input
db> PREPARE p
ERROR 42601: syntax error at end of input
db> PREPARE p AS
ERROR 42601: syntax error at end of input
db> PREPARE p AS BEGIN
ERROR 42601: syntax error at or near "BEGIN"
db> EXECUTE
ERROR 42601: syntax error at end of input
db> EXECUTE 1
ERROR 42601: syntax error at or near "1"
db> DEALLOCATE
ERROR 42601: syntax error at end of input
db> DECLARE
ERROR 42601: syntax error at end of input
db> DECLARE c
ERROR 42601: syntax error at end of input
db> DECLARE c CURSOR
ERROR 42601: syntax error at end of input
db> DECLARE c CURSOR FOR
ERROR 42601: syntax error at end of input
db> DECLARE c CURSOR FOR INSERT INTO t VALUES (1)
ERROR 42601: syntax error at or near "INSERT"
db> FETCH
ERROR 42601: syntax error at end of input
db> FETCH 1 2 FROM c
ERROR 42601: syntax error at or near "2"
db> MOVE
ERROR 42601: syntax error at end of input
db> CLOSE
ERROR 42601: syntax error at end of input
db> DISCARD
ERROR 42601: syntax error at end of input
db> DISCARD x
ERROR 42601: syntax error at or near "x"
db> BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY, DEFERRABLE
BEGIN
db> SHOW transaction_deferrable
transaction_deferrable text
on
SHOW
db> COMMIT WORK AND NO CHAIN
COMMIT
db> END TRANSACTION
WARNING 25P01: there is no transaction in progress
COMMIT
