-- What binds tighter than what, and what does not associate.

db> SELECT 1 < 2 < 3
ERROR 42601: syntax error at or near "<"
db> SELECT 1 = 2 = true
ERROR 42601: syntax error at or near "="
db> SELECT (1 < 2) = true
?column? bool
t
SELECT 1
db> SELECT 1 <> 2 IS TRUE
?column? bool
t
SELECT 1
db> SELECT 1 IS NULL IS NOT NULL
?column? bool
t
SELECT 1
db> SELECT 1 IS NULL = true
?column? bool
f
SELECT 1
db> SELECT 1 IS DISTINCT FROM 2 IS NULL
ERROR 42601: syntax error at or near "IS"
db> SELECT 1 IS DISTINCT FROM 2 = false
ERROR 42883: operator does not exist: integer = boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT NOT true AND false, NOT (true AND false)
?column? bool | ?column? bool
f             | t
SELECT 1
db> SELECT NOT 1 = 2, NOT NOT true
?column? bool | ?column? bool
t             | t
SELECT 1
db> SELECT true OR false AND false, (true OR false) AND false
?column? bool | ?column? bool
t             | f
SELECT 1
db> SELECT 1 BETWEEN 0 AND 2 AND true
?column? bool
t
SELECT 1
db> SELECT 1 BETWEEN 0 AND 2 BETWEEN false AND true
ERROR 42601: syntax error at or near "BETWEEN"
db> SELECT 1 + 1 BETWEEN 0 + 1 AND 1 * 2
?column? bool
t
SELECT 1
db> SELECT 1 NOT BETWEEN 2 AND 3 OR false
?column? bool
t
SELECT 1
db> SELECT 2 BETWEEN SYMMETRIC 3 AND 1, 2 BETWEEN ASYMMETRIC 3 AND 1
?column? bool | ?column? bool
t             | f
SELECT 1
db> SELECT 1 BETWEEN 0 AND NOT true
ERROR 42883: operator does not exist: integer <= boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'a' LIKE 'a' LIKE 'b'
ERROR 42601: syntax error at or near "LIKE"
db> SELECT 'a' LIKE 'a' = true
?column? bool
t
SELECT 1
db> SELECT 'a' || 'b' LIKE 'a' || '%'
?column? bool
t
SELECT 1
db> SELECT 'a' = 'b' LIKE 'c'
ERROR 22P02: invalid input syntax for type boolean: "a"
db> SELECT 'a%' LIKE 'a!%' ESCAPE '!'
?column? bool
t
SELECT 1
db> SELECT 1 IN (1, 2) IN (true)
?column? bool
t
SELECT 1
db> SELECT 1 IN (1, 2) = true
?column? bool
t
SELECT 1
db> SELECT 1 + 2 IN (3), NOT 1 IN (2)
?column? bool | ?column? bool
t             | t
SELECT 1
db> SELECT NOT 1 IS NULL, 1 + 1 IS NULL
?column? bool | ?column? bool
t             | f
SELECT 1
db> SELECT -2 ^ 2, 2 ^ -1, - 2 * 3
?column? float8 | ?column? float8 | ?column? int4
4               | 0.5             | -6
SELECT 1
db> SELECT 1 + 2 * 3 ^ 2, 10 - 4 - 3, 100 / 10 / 5, 2 * 3 % 4
?column? float8 | ?column? int4 | ?column? int4 | ?column? int4
19              | 3             | 2             | 2
SELECT 1
db> SELECT 1 || 2 + 3
ERROR 42883: operator does not exist: integer || integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT '2020-01-01'::date + 1 AT TIME ZONE 'UTC' IS NULL
ERROR 42883: function pg_catalog.timezone(unknown, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
db> SELECT timestamp '2020-01-01 12:00' AT TIME ZONE 'UTC' AT TIME ZONE 'UTC'
timezone timestamp
2020-01-01 12:00:00
SELECT 1
db> SELECT 1 ISNULL, 1 NOTNULL, NULL ISNULL AND true
?column? bool | ?column? bool | ?column? bool
f             | t             | t
SELECT 1
db> SELECT true = NOT false
?column? bool
t
SELECT 1
db> SELECT 1 = 1 IS TRUE AND NOT 2 > 3 OR false
?column? bool
t
SELECT 1
db> SELECT 5 - 3 @> 2
ERROR 42883: operator does not exist: integer @> integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 3 = ANY (ARRAY[1,2]) = false
?column? bool
t
SELECT 1
db> SELECT 3 = ANY (ARRAY[1,2]) < true
?column? bool
t
SELECT 1
db> SELECT (1, 2) OVERLAPS (3, 4, 5)
ERROR 42601: wrong number of parameters on right side of OVERLAPS expression
db> SELECT (date '2020-01-01', date '2020-03-01') OVERLAPS (date '2020-02-01', date '2020-04-01') AND true
?column? bool
t
SELECT 1
