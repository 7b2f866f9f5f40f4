-- Nothing to do is not an error.

db>
(empty query)
db> SELECT 1 AS one
one int4
1
SELECT 1
