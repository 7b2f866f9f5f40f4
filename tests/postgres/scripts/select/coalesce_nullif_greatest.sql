-- COALESCE, NULLIF, GREATEST and LEAST.

db> SELECT coalesce(NULL, NULL, 3), coalesce(1, 1/0), coalesce(NULL, 'x')
coalesce int4 | coalesce int4 | coalesce text
3             | 1             | x
SELECT 1
db> SELECT nullif(1, 1), nullif(1, 2), nullif('a', 'b')
nullif int4 | nullif int4 | nullif text
NULL        | 1           | a
SELECT 1
db> SELECT greatest(1, NULL, 3), least(2.5, 1), greatest(NULL, NULL), greatest('a', 'b')
greatest int4 | least numeric | greatest text | greatest text
3             | 1             | NULL          | b
SELECT 1
db> SELECT coalesce(1, 'x')
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT coalesce(1, 2.5), coalesce(NULL::int, 2::bigint)
coalesce numeric | coalesce int8
1                | 2
SELECT 1
db> SELECT greatest(1, 'x')
ERROR 22P02: invalid input syntax for type integer: "x"
