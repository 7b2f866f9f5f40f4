-- SELECT without FROM, WHERE on it; FROM a function.

db> SELECT 1 AS one WHERE false
one int4
SELECT 0
db> SELECT 1 AS one WHERE NULL
one int4
SELECT 0
db> SELECT * FROM generate_series(1, 3)
generate_series int4
1
2
3
SELECT 3
db> SELECT * FROM generate_series(5, 1, -2) AS down
down int4
5
3
1
SELECT 3
db> SELECT * FROM generate_series(1, 3, 0)
ERROR 22023: step size cannot equal zero
db> SELECT * FROM generate_series(1, 2) AS g (n), generate_series(n, 2) AS h
n int4 | h int4
1      | 1
1      | 2
2      | 2
SELECT 3
db> SELECT n, ord FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS u (n, ord)
n text | ord int8
a      | 1
b      | 2
SELECT 2
db> SELECT *
ERROR 42601: SELECT * with no tables specified is not valid
