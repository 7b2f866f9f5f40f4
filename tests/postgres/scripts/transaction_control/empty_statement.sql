-- Nothing to do is not an error.

db> db>
ERROR 42601: syntax error at or near "db"
db> SELECT 1 AS one
one int4
1
SELECT 1
