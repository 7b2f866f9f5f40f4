-- Numbers, and junk behind them.

db> SELECT 1., .5, 1e5, 1.5e-3, 007, 1e0
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? int4 | ?column? numeric
1                | 0.5              | 100000           | 0.0015           | 7             | 1
SELECT 1
db> SELECT pg_typeof(2147483647), pg_typeof(2147483648), pg_typeof(9223372036854775808), pg_typeof(1e0)
pg_typeof regtype | pg_typeof regtype | pg_typeof regtype | pg_typeof regtype
integer           | bigint            | numeric           | numeric
SELECT 1
db> SELECT 1a
ERROR 42601: trailing junk after numeric literal at or near "1a"
db> SELECT 1_000
ERROR 42601: trailing junk after numeric literal at or near "1_000"
db> SELECT 0x1f
ERROR 42601: trailing junk after numeric literal at or near "0x1f"
db> SELECT 10e
ERROR 42601: trailing junk after numeric literal at or near "10e"
db> SELECT 10e+
ERROR 42601: trailing junk after numeric literal at or near "10e+"
db> SELECT 1.5x
ERROR 42601: trailing junk after numeric literal at or near "1.5x"
db> SELECT 1e5x
ERROR 42601: trailing junk after numeric literal at or near "1e5x"
db> SELECT $1a
ERROR 42601: trailing junk after parameter at or near "$1a"
db> SELECT 1.5.2
ERROR 42601: syntax error at or near ".2"
db> SELECT 1..2
ERROR 42601: syntax error at or near ".."
db> SELECT 1 .5
ERROR 42601: syntax error at or near ".5"
db> SELECT (ARRAY[1,2,3])[1:2]
array int4[]
{1,2}
SELECT 1
db> SELECT -1, - 1, - -1, +1, -(-1)
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4
-1            | -1            | 1             | 1             | 1
SELECT 1
db> SELECT -2147483648, -32768::smallint
ERROR 22003: smallint out of range
db> SELECT 1 - -1, 1 -1, 1--1
?column? int4 | ?column? int4 | ?column? int4
2             | 0             | 1
SELECT 1
