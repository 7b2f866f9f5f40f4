-- A quoted constant takes the type of the other side.

db> SELECT 1 = '1', '2' + 3, 1.5 < '2', date '2024-01-01' = '2024-01-01', true = 'f', '5'::text || 5, ARRAY[1] = '{1}'
?column? bool | ?column? int4 | ?column? bool | ?column? bool | ?column? bool | ?column? text | ?column? bool
t             | 5             | t             | t             | f             | 55            | t
SELECT 1
db> SELECT 1 = 'x'
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT '1' + '2'
ERROR 42725: operator is not unique: unknown + unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
db> SELECT '2' * 1.5
?column? numeric
3.0
SELECT 1
db> SELECT 'a' || 'b', 'a' = 'a', 'a' < 'b'
?column? text | ?column? bool | ?column? bool
ab            | t             | t
SELECT 1
db> SELECT '1' = '1.0'
?column? bool
f
SELECT 1
db> SELECT - '5'
ERROR 42725: operator is not unique: - unknown
HINT: Could not choose a best candidate operator. You might need to add explicit type casts.
