-- SET LOCAL and SET TRANSACTION outside of a transaction warn and do nothing.

db> SET LOCAL lock_timeout = '1s'
WARNING 25P01: SET LOCAL can only be used in transaction blocks
SET
db> SHOW lock_timeout
lock_timeout text
0
SHOW
db> SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
WARNING 25P01: SET TRANSACTION can only be used in transaction blocks
SET
db> SHOW transaction_isolation
transaction_isolation text
read committed
SHOW
