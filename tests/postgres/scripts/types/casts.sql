-- Casts between types, allowed and not.

db> SELECT 1::text, '1'::int + 1, 1.7::int, 1::numeric(5,2), '2024-01-01'::date::text, 5::float8::text, 1::bool::text, CAST('5' AS smallint), int '7', 'x'::text::varchar(1)
text text | ?column? int4 | int4 int4 | numeric numeric | text text  | text text | text text | int2 int2 | int4 int4 | varchar varchar
1         | 2             | 2         | 1.00            | 2024-01-01 | 5         | true      | 5         | 7         | x
SELECT 1
db> SELECT '2024-01-01'::date::int
ERROR 42846: cannot cast type date to integer
db> SELECT true::numeric
ERROR 42846: cannot cast type boolean to numeric
db> SELECT now()::int
ERROR 42846: cannot cast type timestamp with time zone to integer
db> SELECT ARRAY[1,2]::text[], '{1,2}'::text::int[], ARRAY['1','2']::int[]
array text[] | int4 int4[] | array int4[]
{1,2}        | {1,2}       | {1,2}
SELECT 1
db> SELECT 'abc'::text::int
ERROR 22P02: invalid input syntax for type integer: "abc"
db> SELECT 1::date
ERROR 42846: cannot cast type integer to date
db> SELECT B'101', 5::bit(8), B'101'::int, X'1F'
?column? bit | bit bit  | int4 int4 | ?column? bit
101          | 00000101 | 5         | 00011111
SELECT 1
db> SELECT 1::money
money money
$1.00
SELECT 1
