-- sum widens; count is bigint; avg of integers is numeric.

db> SELECT sum(n) FROM (VALUES (2147483647), (2147483647)) v (n)
sum int8
4294967294
SELECT 1
db> SELECT sum(n) FROM (VALUES (9223372036854775807), (9223372036854775807)) v (n)
sum numeric
18446744073709551614
SELECT 1
db> SELECT avg(n) FROM (VALUES (1), (2)) v (n)
avg numeric
1.5000000000000000
SELECT 1
db> SELECT avg(n) FROM (VALUES (1), (1), (2)) v (n)
avg numeric
1.3333333333333333
SELECT 1
db> SELECT sum(f) FROM (VALUES (1e308::float8), (1e308)) v (f)
ERROR 22003: value out of range: overflow
