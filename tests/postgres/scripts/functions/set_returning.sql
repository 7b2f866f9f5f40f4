-- Functions that return sets, in FROM and in the target list.

db> SELECT generate_series(1, 2) AS a, generate_series(1, 3) AS b
a int4 | b int4
1      | 1
2      | 2
NULL   | 3
SELECT 3
db> SELECT generate_series(1, 2) * 10 AS n ORDER BY 1 DESC
n int4
20
10
SELECT 2
db> SELECT x, unnest(ARRAY[1, 2]) FROM (VALUES ('a'), ('b')) v (x)
x text | unnest int4
a      | 1
a      | 2
b      | 1
b      | 2
SELECT 4
db> SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a'])) AS r (n, s)
n int4 | s text
1      | a
2      | NULL
SELECT 2
db> SELECT 1 WHERE generate_series(1, 2) = 1
ERROR 0A000: set-returning functions are not allowed in WHERE
db> SELECT string_to_table('a,b', ','), regexp_split_to_table('x1y', '\d')
string_to_table text | regexp_split_to_table text
a                    | x
b                    | y
SELECT 2
db> SELECT * FROM unnest(ARRAY[1,2], ARRAY['a']) AS u (n, s)
n int4 | s text
1      | a
2      | NULL
SELECT 2
