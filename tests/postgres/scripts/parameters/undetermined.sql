-- 42P18 if nothing tells the type; 42P08 if two places disagree.

db> SELECT $1 IS NULL AS n
with 1
ERROR 42P18: could not determine data type of parameter $1
db> SELECT pg_typeof($1)
with 1
ERROR 42P18: could not determine data type of parameter $1
db> SELECT $1 + $2
with 1, 2
ERROR 42725: operator is not unique: unknown + unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
db> SELECT $1::int, $1::text
with 1
int4 int4 | text text
1         | 1
SELECT 1
