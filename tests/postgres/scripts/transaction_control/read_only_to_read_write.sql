-- READ ONLY may be taken back before the first query only.

db> BEGIN READ ONLY
BEGIN
db> SET TRANSACTION READ WRITE
SET
db> COMMIT
COMMIT
db> BEGIN READ ONLY
BEGIN
db> SELECT 1
?column? int4
1
SELECT 1
db> SET TRANSACTION READ WRITE
ERROR 25001: transaction read-write mode must be set before any query
db> ROLLBACK
ROLLBACK
