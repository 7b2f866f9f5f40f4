-- = <> != < and on NULL.

db> SELECT 1 <> 2, 1 != 1, 1 = NULL, NULL = NULL, NULL <> 1, NULL IS NULL, 'a' <> 'A', 'abc' < 'abd', '' < 'a', 'a' < 'ab'
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | f             | NULL          | NULL          | NULL          | t             | t             | t             | t             | t
SELECT 1
db> SELECT 1 IS DISTINCT FROM NULL, NULL IS NOT DISTINCT FROM NULL, 1 BETWEEN NULL AND 2, 5 BETWEEN NULL AND 2
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | NULL          | f
SELECT 1
db> SELECT 1 == 1
ERROR 42883: operator does not exist: integer == integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
