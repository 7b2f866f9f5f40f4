-- Cross joins multiply.

db> SELECT * FROM (VALUES (1), (2)) a (x) CROSS JOIN (VALUES ('p'), ('q')) b (y) ORDER BY x, y
x int4 | y text
1      | p
1      | q
2      | p
2      | q
SELECT 4
db> SELECT count(*) FROM generate_series(1, 3) a, generate_series(1, 4) b
count int8
12
SELECT 1
db> SELECT * FROM (VALUES (1), (2)) a (x), (VALUES (1)) b (y) WHERE false
x int4 | y int4
SELECT 0
