-- bool_and, bool_or, every, bit_and, bit_or.

db> SELECT bool_and(b), bool_or(b), every(b) FROM (VALUES (true), (false), (NULL)) v (b)
bool_and bool | bool_or bool | every bool
f             | t            | f
SELECT 1
db> SELECT bool_and(b) FROM (VALUES (true)) v (b) WHERE false
bool_and bool
NULL
SELECT 1
db> SELECT bit_and(n), bit_or(n), bit_xor(n) FROM (VALUES (6), (3)) v (n)
bit_and int4 | bit_or int4 | bit_xor int4
2            | 7           | 5
SELECT 1
