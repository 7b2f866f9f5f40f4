-- IN with mixed types.

db> SELECT 1 IN (1, 2), 1 IN ('1', '2'), 1 IN (1.0, 2.5), NULL IN (1), 1 IN (NULL, 1), 1 NOT IN (NULL, 2)
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | NULL          | t             | NULL
SELECT 1
db> SELECT 1 IN ('x')
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT 1 IN (1, 'a'::text)
ERROR 42883: operator does not exist: integer = text
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'a' IN ('a', 'b'), (1, 2) IN ((1, 2), (3, 4))
?column? bool | ?column? bool
t             | t
SELECT 1
db> SELECT 1 IN ()
ERROR 42601: syntax error at or near ")"
