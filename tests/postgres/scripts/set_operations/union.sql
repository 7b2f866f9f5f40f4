-- UNION drops duplicates, UNION ALL keeps them.

db> SELECT * FROM (SELECT 1 AS n UNION SELECT 1 UNION SELECT 2) s ORDER BY n
n int4
1
2
SELECT 2
db> SELECT 1 AS n UNION ALL SELECT 1 ORDER BY n
n int4
1
1
SELECT 2
db> SELECT 1 UNION SELECT 'x'
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT 1 UNION SELECT '2' ORDER BY 1
?column? int4
1
2
SELECT 2
db> SELECT 1 UNION SELECT 2.5 ORDER BY 1
?column? numeric
1
2.5
SELECT 2
db> SELECT 1, 2 UNION SELECT 3
ERROR 42601: each UNION query must have the same number of columns
db> SELECT NULL UNION SELECT NULL
?column? text
NULL
SELECT 1
db> SELECT 1 AS a UNION ALL SELECT 2 AS b ORDER BY a
a int4
1
2
SELECT 2
db> SELECT 1 AS a UNION ALL SELECT 2 AS b ORDER BY b
ERROR 42703: column "b" does not exist
HINT: There is a column named "b" in table "*SELECT* 2", but it cannot be referenced from this part of the query.
db> SELECT 1 AS a UNION SELECT 2 ORDER BY a + 1
ERROR 0A000: invalid UNION/INTERSECT/EXCEPT ORDER BY clause
DETAIL: Only result column names can be used, not expressions or functions.
HINT: Add the expression/function to every SELECT, or move the UNION into a FROM clause.
