-- AND CHAIN begins a new transaction with the same modes.

db> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
db> COMMIT AND CHAIN
COMMIT
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> ROLLBACK AND CHAIN
ROLLBACK
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> COMMIT
COMMIT
db> SHOW transaction_isolation
transaction_isolation text
read committed
SHOW
db> COMMIT AND CHAIN
ERROR 25P01: COMMIT AND CHAIN can only be used in transaction blocks
