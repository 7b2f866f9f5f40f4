-- A parameter that is not given; one that is used out of order.

db> SELECT $2 + 1 AS n, $1 || '' AS s
with 'a', 5
n int4 | s text
6      | a
SELECT 1
