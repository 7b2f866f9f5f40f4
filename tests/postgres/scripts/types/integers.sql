-- Ranges: 22003 beyond them, in arithmetic as in casts.

db> SELECT 2147483647, 2147483648, 32767::smallint, -2147483648
?column? int4 | ?column? int8 | int2 int2 | ?column? int4
2147483647    | 2147483648    | 32767     | -2147483648
SELECT 1
db> SELECT 2147483647 + 1
ERROR 22003: integer out of range
db> SELECT 2147483647::bigint + 1
?column? int8
2147483648
SELECT 1
db> SELECT 32767::smallint + 1::smallint
ERROR 22003: smallint out of range
db> SELECT 9223372036854775807 + 1
ERROR 22003: bigint out of range
db> SELECT 40000::smallint
ERROR 22003: smallint out of range
db> SELECT 3000000000::int
ERROR 22003: integer out of range
db> SELECT '3000000000'::int
ERROR 22003: value "3000000000" is out of range for type integer
db> SELECT '99999999999999999999'::bigint
ERROR 22003: value "99999999999999999999" is out of range for type bigint
db> SELECT -2147483648::int, (-2147483648)::int
ERROR 22003: integer out of range
db> SELECT abs(-2147483648)
ERROR 22003: integer out of range
db> SELECT -(-2147483648)::int
ERROR 22003: integer out of range
db> SELECT (-2147483648)::int / -1
ERROR 22003: integer out of range
