-- 42883: an operator for these types does not exist.

db> SELECT 'a'::text = 1
ERROR 42883: operator does not exist: text = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'a'::text + 1
ERROR 42883: operator does not exist: text + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT true + true
ERROR 42883: operator does not exist: boolean + boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT date '2024-01-01' * 2
ERROR 42883: operator does not exist: date * integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT now() + 1
ERROR 42883: operator does not exist: timestamp with time zone + integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT ARRAY[1] + ARRAY[2]
ERROR 42883: operator does not exist: integer[] + integer[]
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT '{}'::jsonb = 1
ERROR 42883: operator does not exist: jsonb = integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 1 = true
ERROR 42883: operator does not exist: integer = boolean
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT 'a'::text < 1.5
ERROR 42883: operator does not exist: text < numeric
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
db> SELECT -'a'::text
ERROR 42883: operator does not exist: - text
HINT: No operator matches the given name and argument type. You might need to add an explicit type cast.
db> SELECT NOT 1
ERROR 42804: argument of NOT must be type boolean, not type integer
db> SELECT 1 @> 2
ERROR 42883: operator does not exist: integer @> integer
HINT: No operator matches the given name and argument types. You might need to add explicit type casts.
