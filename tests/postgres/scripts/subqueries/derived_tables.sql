-- A subquery in FROM needs an alias, in version 15.

db> SELECT s.n + 1 AS m FROM (SELECT 1 AS n) s
m int4
2
SELECT 1
db> SELECT * FROM (SELECT 1 AS n)
ERROR 42601: subquery in FROM must have an alias
HINT: For example, FROM (SELECT ...) [AS] foo.
db> SELECT * FROM (SELECT 1, 2) s (a, b)
a int4 | b int4
1      | 2
SELECT 1
db> SELECT * FROM (SELECT 1 AS a, 2 AS a) s
a int4 | a int4
1      | 2
SELECT 1
db> SELECT a FROM (SELECT 1 AS a, 2 AS a) s
ERROR 42702: column reference "a" is ambiguous
