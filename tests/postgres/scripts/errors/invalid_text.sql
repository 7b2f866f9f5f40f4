-- 22P02 and its relatives.

db> SELECT 'x'::int
ERROR 22P02: invalid input syntax for type integer: "x"
db> SELECT 'x'::bool
ERROR 22P02: invalid input syntax for type boolean: "x"
db> SELECT 'x'::uuid
ERROR 22P02: invalid input syntax for type uuid: "x"
db> SELECT 'x'::json
ERROR 22P02: invalid input syntax for type json
DETAIL: Token "x" is invalid.
db> SELECT 'x'::date
ERROR 22007: invalid input syntax for type date: "x"
db> SELECT 'x'::interval
ERROR 22007: invalid input syntax for type interval: "x"
db> SELECT 'x'::int[]
ERROR 22P02: malformed array literal: "x"
DETAIL: Array value must start with "{" or dimension information.
db> SELECT '5x'::numeric
ERROR 22P02: invalid input syntax for type numeric: "5x"
db> SELECT '2024-02-30'::timestamp
ERROR 22008: date/time field value out of range: "2024-02-30"
