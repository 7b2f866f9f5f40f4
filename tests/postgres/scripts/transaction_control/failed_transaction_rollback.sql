-- ROLLBACK ends it just as well.

db> BEGIN
BEGIN
db> SELECT 1/0
ERROR 22012: division by zero
db> ROLLBACK
ROLLBACK
db> SELECT 1
?column? int4
1
SELECT 1
