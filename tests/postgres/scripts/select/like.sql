-- LIKE and ILIKE: wildcards, escapes.

db> SELECT 'abc' LIKE 'a%', 'abc' LIKE 'a_c', 'abc' LIKE 'A%', 'abc' ILIKE 'A%', 'abc' NOT LIKE '%d%', 'abc' LIKE ''
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | f             | t             | t             | f
SELECT 1
db> SELECT '50%' LIKE '50\%', '50x' LIKE '50\%', 'a_b' LIKE 'a!_b' ESCAPE '!', 'a\b' LIKE 'a\\b'
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | t             | t
SELECT 1
db> SELECT 'a' LIKE 'a\'
?column? bool
f
SELECT 1
db> SELECT NULL LIKE 'a', 'a' LIKE NULL
?column? bool | ?column? bool
NULL          | NULL
SELECT 1
db> SELECT 'abc' ~~ 'a%', 'abc' !~~ 'a%', 'ABC' ~~* 'a%'
?column? bool | ?column? bool | ?column? bool
t             | f             | t
SELECT 1
db> SELECT 1 LIKE '1'
ERROR 42883: operator does not exist: integer ~~ unknown
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'x' LIKE 'x' ESCAPE 'ab'
ERROR 22025: invalid escape string
HINT: Escape string must be empty or one character.
