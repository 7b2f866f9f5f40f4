-- A scalar subquery: no row is NULL, two rows are 21000.

db> SELECT (SELECT 1), (SELECT 1 WHERE false) AS none
?column? int4 | none int4
1             | NULL
SELECT 1
db> SELECT (SELECT i FROM generate_series(1, 2) i)
ERROR 21000: more than one row returned by a subquery used as an expression
db> SELECT (SELECT 1, 2)
ERROR 42601: subquery must return only one column
db> SELECT (SELECT max(i) FROM generate_series(1, 3) i) + 1 AS n
n int4
4
SELECT 1
