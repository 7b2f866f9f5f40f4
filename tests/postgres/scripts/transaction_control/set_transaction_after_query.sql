-- The isolation level is fixed once a query has run.

db> BEGIN
BEGIN
db> SET TRANSACTION ISOLATION LEVEL REPEATABLE READ
SET
db> SHOW transaction_isolation
transaction_isolation text
repeatable read
SHOW
db> SELECT 1
?column? int4
1
SELECT 1
db> SET TRANSACTION ISOLATION LEVEL SERIALIZABLE
ERROR 25001: SET TRANSACTION ISOLATION LEVEL must be called before any query
db> ROLLBACK
ROLLBACK
