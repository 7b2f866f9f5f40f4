-- now() is the start of the transaction, clock_timestamp() goes on.

db> BEGIN
BEGIN
db> SELECT now() = now() AS same, now() = current_timestamp AS current, now() = transaction_timestamp() AS tx
same bool | current bool | tx bool
t         | t            | t
SELECT 1
db> CREATE TEMP TABLE seen AS SELECT now() AS at
SELECT 1
sleep 20ms
db> SELECT at = now() AS same, clock_timestamp() > now() AS later, statement_timestamp() > now() AS statement FROM seen
same bool | later bool | statement bool
t         | t          | t
SELECT 1
db> COMMIT
COMMIT
db> SELECT at = now() AS same FROM seen
same bool
f
SELECT 1
