-- In VALUES, CASE and lists.

db> SELECT * FROM (VALUES ($1, $2)) v (a, b)
with 'x', 'y'
a text | b text
x      | y
SELECT 1
db> SELECT CASE WHEN $1 > 3 THEN $2 ELSE 'small' END AS c
with 5, 'big'
c text
big
SELECT 1
db> SELECT 1 WHERE 2 IN ($1, $2)
with 1, 2
?column? int4
1
SELECT 1
db> SELECT i FROM generate_series(1, $1) i ORDER BY i LIMIT $2
with 5, 2
i int4
1
2
SELECT 2
db> SELECT 'abc' LIKE $1 AS l, 5 BETWEEN $2 AND $3 AS b
with 'a%', 1, 9
l bool | b bool
t      | t
SELECT 1
