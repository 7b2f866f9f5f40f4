-- 42883: an operator for these types does not exist.

db> SELECT 'a'::text = 1
ERROR 42883: operator does not exist: text = integer
db> SELECT 'a'::text + 1
ERROR 42883: operator does not exist: text + integer
db> SELECT true + true
ERROR 42883: operator does not exist: boolean + boolean
db> SELECT date '2024-01-01' * 2
ERROR 42883: operator does not exist: date * integer
db> SELECT now() + 1
ERROR 42883: operator does not exist: timestamp with time zone + integer
db> SELECT ARRAY[1] + ARRAY[2]
ERROR 42883: operator does not exist: integer[] + integer[]
db> SELECT '{}'::jsonb = 1
ERROR 42883: operator does not exist: jsonb = integer
db> SELECT 1 = true
ERROR 42883: operator does not exist: integer = boolean
db> SELECT 'a'::text < 1.5
ERROR 42883: operator does not exist: text < numeric
db> SELECT -'a'::text
ERROR 42883: operator does not exist: - text
db> SELECT NOT 1
ERROR 42804: argument of NOT must be type boolean, not type integer
db> SELECT 1 @> 2
ERROR 42883: operator does not exist: integer @> integer
