-- Outside of a transaction an error concerns its statement only.

db> SELECT 1/0
ERROR 22012: division by zero
db> SELECT 1 AS fine
fine int4
1
SELECT 1
