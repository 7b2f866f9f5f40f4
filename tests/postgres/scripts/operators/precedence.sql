-- Which operator binds tighter.

db> SELECT 1 + 2 * 3, (1 + 2) * 3, -2 ^ 2, 2 ^ 3 ^ 2, 10 - 3 - 2, 7 / 2 * 2, 2 * 3 % 4, NOT true OR true, NOT false = false, 1 < 2 = true, 'a' || 'b' = 'ab', 1 + 1 || 'x'
ERROR 42601: syntax error at or near "="
db> SELECT 1 < 2 < 3
ERROR 42601: syntax error at or near "<"
db> SELECT 5 BETWEEN 1 AND 10 AND true, 1 IN (1) = true, NULL IS NULL = true, 3 - -2, - - 1
?column? bool | ?column? bool | ?column? bool | ?column? int4 | ?column? int4
t             | t             | t             | 5             | 1
SELECT 1
db> SELECT 1 = 1 = 1
ERROR 42601: syntax error at or near "="
