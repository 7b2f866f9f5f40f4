-- PREPARE and EXECUTE in SQL.

db> PREPARE p (int) AS SELECT $1 + 1 AS n
PREPARE
db> EXECUTE p (5)
n int4
6
SELECT 1
db> EXECUTE p
ERROR 42601: wrong number of parameters for prepared statement "p"
DETAIL: Expected 1 parameters but got 0.
db> EXECUTE nowhere
ERROR 26000: prepared statement "nowhere" does not exist
db> PREPARE p AS SELECT 1
ERROR 42P05: prepared statement "p" already exists
db> DEALLOCATE p
DEALLOCATE
db> EXECUTE p (5)
ERROR 26000: prepared statement "p" does not exist
