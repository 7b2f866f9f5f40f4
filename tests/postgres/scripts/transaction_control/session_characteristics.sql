-- The session's default level, and SHOW of it.

db> SHOW default_transaction_isolation
default_transaction_isolation text
read committed
SHOW
db> SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ
SET
db> SHOW default_transaction_isolation
default_transaction_isolation text
repeatable read
SHOW
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> BEGIN
BEGIN
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> COMMIT
COMMIT
db> SET default_transaction_isolation = 'serializable'
SET
db> SHOW transaction_isolation
transaction_isolation text
serializable
SHOW
db> SET default_transaction_isolation TO DEFAULT
SET
db> SHOW transaction_isolation
transaction_isolation text
read committed
SHOW
