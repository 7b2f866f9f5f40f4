-- Setting what already holds is allowed.

db> BEGIN
BEGIN
db> SELECT 1
?column? int4
1
SELECT 1
db> SET TRANSACTION ISOLATION LEVEL READ COMMITTED
SET
db> COMMIT
COMMIT
