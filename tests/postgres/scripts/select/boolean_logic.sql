-- AND, OR, NOT with NULL.

db> SELECT true AND NULL, false AND NULL, true OR NULL, false OR NULL, NOT NULL::bool
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
NULL          | f             | t             | NULL          | NULL
SELECT 1
db> SELECT NULL IS TRUE, NULL::bool IS UNKNOWN, true IS NOT FALSE
?column? bool | ?column? bool | ?column? bool
f             | t             | t
SELECT 1
db> SELECT 1 AND 2
ERROR 42804: argument of AND must be type boolean, not type integer
