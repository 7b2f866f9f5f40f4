-- Operators are as long as they can be; a sign at the end belongs to the next operand.

db> SELECT 1 == 1
ERROR 42883: operator does not exist: integer == integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 1 <> 2, 1 != 2, 1 <= 2, 1 >= 2
?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | f
SELECT 1
db> SELECT 3 +-1, 3 *-1, 3 <-1, 3 =-1, 3 -- 1
?column? int4 | ?column? int4 | ?column? bool | ?column? bool | ?column? int4
2             | -3            | f             | f             | 3
SELECT 1
db> SELECT 5 @-1
ERROR 42883: operator does not exist: integer @- integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT @ -5, @-5, |/ 25, ||/ 27.0
ERROR 42883: operator does not exist: @- integer
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
db> SELECT 1 ~~~ 2
ERROR 42883: operator does not exist: integer ~~~ integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 1 <=> 2
ERROR 42883: operator does not exist: integer <=> integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 1 || 2
ERROR 42883: operator does not exist: integer || integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'a' || 1 || 'b'
?column? text
a1b
SELECT 1
db> SELECT 1 OPERATOR(pg_catalog.+) 2, 1 OPERATOR(+) 2
?column? int4 | ?column? int4
3             | 3
SELECT 1
db> SELECT 1 OPERATOR(pg_catalog.+) 2 * 3
?column? int4
7
SELECT 1
db> SELECT OPERATOR(pg_catalog.-) 5
?column? int4
-5
SELECT 1
db> SELECT 1 OPERATOR(nowhere.+) 2
ERROR 3F000: schema "nowhere" does not exist
db> SELECT 1 OPERATOR(+
ERROR 42601: syntax error at end of input
db> SELECT 7 % 3, 7 % -3, 2 ^ 3 ^ 2, 7 / 2 * 2
?column? int4 | ?column? int4 | ?column? float8 | ?column? int4
1             | 1             | 64              | 6
SELECT 1
db> SELECT 5 !
ERROR 42601: syntax error at end of input
db> SELECT ! 5
ERROR 42883: operator does not exist: ! integer
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
db> SELECT 1 +
ERROR 42601: syntax error at end of input
db> SELECT * 5
ERROR 42601: syntax error at or near "5"
db> SELECT 1 = = 1
ERROR 42601: syntax error at or near "="
db> SELECT 1 => 2
ERROR 42601: syntax error at or near "=>"
db> SELECT 1 := 2
ERROR 42601: syntax error at or near ":="
db> SELECT 1 :: int :: text
text text
1
SELECT 1
db> SELECT 1 : int
ERROR 42601: syntax error at or near ":"
db> SELECT '1'::int + '2'::int
?column? int4
3
SELECT 1
db> SELECT -1::text
ERROR 42883: operator does not exist: - text
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
db> SELECT - '1'::int
?column? int4
-1
SELECT 1
