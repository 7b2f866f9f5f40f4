-- What the input function of integers takes.

db> SELECT ' 42 '::int, '+7'::int, '-0'::int
int4 int4 | int4 int4 | int4 int4
42        | 7         | 0
SELECT 1
db> SELECT ''::int
ERROR 22P02: invalid input syntax for type integer: ""
db> SELECT '4 2'::int
ERROR 22P02: invalid input syntax for type integer: "4 2"
db> SELECT '1.5'::int
ERROR 22P02: invalid input syntax for type integer: "1.5"
db> SELECT '1e3'::int
ERROR 22P02: invalid input syntax for type integer: "1e3"
db> SELECT 'abc'::bigint
ERROR 22P02: invalid input syntax for type bigint: "abc"
db> SELECT '0x10'::int
ERROR 22P02: invalid input syntax for type integer: "0x10"
