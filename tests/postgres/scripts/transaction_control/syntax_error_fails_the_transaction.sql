-- A syntax error counts too.

db> BEGIN
BEGIN
db> SELEC 1
ERROR 42601: syntax error at or near "SELEC"
db> SELECT 1
ERROR 25P02: current transaction is aborted, commands ignored until end of transaction block
db> ROLLBACK
ROLLBACK
