-- Rounding and scales of numeric; buckets; sizes.

db> SELECT round(1234.5678, 2), round(1234.5678, -2), round(1250, -2), round(-2.5), round(2.5), trunc(1234.5678, -2), trunc(-1.999, 2), round(0.5, 20), round(55, -2), round(45, -2), trunc(99, -3)
round numeric | round numeric | round numeric | round numeric | round numeric | trunc numeric | trunc numeric | round numeric          | round numeric | round numeric | trunc numeric
1234.57       | 1200          | 1300          | -3            | 3             | 1200          | -1.99         | 0.50000000000000000000 | 100           | 0             | 0
SELECT 1
db> SELECT ceil(-1.5), floor(-1.5), ceil(1.000001), floor(1e20 + 0.5), sign(-3.5), abs(-3.50)
ceil numeric | floor numeric | ceil numeric | floor numeric         | sign numeric | abs numeric
-1           | -2            | 2            | 100000000000000000000 | -1           | 3.50
SELECT 1
db> SELECT scale(1.500), min_scale(1.500), trim_scale(1.500), scale('NaN'::numeric), min_scale(0.000), trim_scale(100), scale(1e10)
scale int4 | min_scale int4 | trim_scale numeric | scale int4 | min_scale int4 | trim_scale numeric | scale int4
3          | 1              | 1.5                | NULL       | 0              | 100                | 0
SELECT 1
db> SELECT width_bucket(5.35, 0.024, 10.06, 5), width_bucket(-1, 0, 10, 5), width_bucket(10, 0, 10, 5), width_bucket(3, 10, 0, 5), width_bucket(5.0::float8, 0, 10, 3)
width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4 | width_bucket int4
3                 | 0                 | 6                 | 4                 | 2
SELECT 1
db> SELECT width_bucket(5, 0, 10, 0)
ERROR 2201G: count must be greater than zero
db> SELECT width_bucket(5, 3, 3, 10)
ERROR 2201G: lower bound cannot equal upper bound
db> SELECT width_bucket('NaN'::float8, 0, 1, 5)
ERROR 2201G: operand, lower bound, and upper bound cannot be NaN
db> SELECT width_bucket(5, 0, 'Infinity'::numeric, 5)
ERROR 2201G: lower and upper bounds must be finite
db> SELECT width_bucket(now(), array['yesterday', 'today', 'tomorrow']::timestamptz[]) > 0, width_bucket(5, array[1, 3, 5, 7]), width_bucket(0.5, array[1.0, 2.0])
?column? bool | width_bucket int4 | width_bucket int4
t             | 3                 | 0
SELECT 1
db> SELECT width_bucket(5, array[1, NULL, 7])
ERROR 22004: thresholds array must not contain NULLs
db> SELECT pg_size_pretty(0::bigint), pg_size_pretty(10239::bigint), pg_size_pretty(10240::bigint), pg_size_pretty(1572864::bigint), pg_size_pretty(-123456789012::bigint), pg_size_pretty(123456789.5::numeric)
pg_size_pretty text | pg_size_pretty text | pg_size_pretty text | pg_size_pretty text | pg_size_pretty text | pg_size_pretty text
0 bytes             | 10239 bytes         | 10 kB               | 1536 kB             | -115 GB             | 118 MB
SELECT 1
db> SELECT pg_size_bytes('1.5 GB'), pg_size_bytes('10 kB'), pg_size_bytes('42'), pg_size_bytes('-1 MB'), pg_size_bytes('1e3 bytes')
pg_size_bytes int8 | pg_size_bytes int8 | pg_size_bytes int8 | pg_size_bytes int8 | pg_size_bytes int8
1610612736         | 10240              | 42                 | -1048576           | 1000
SELECT 1
db> SELECT pg_size_bytes('1 parsec')
ERROR 22023: invalid size: "1 parsec"
DETAIL: Invalid size unit: "parsec".
HINT: Valid units are "bytes", "kB", "MB", "GB", "TB", and "PB".
db> SELECT pg_size_bytes('much')
ERROR 22023: invalid size: "much"
db> SELECT num_nulls(1, NULL, 'x', NULL), num_nonnulls(1, NULL, 'x'), num_nulls(NULL)
num_nulls int4 | num_nonnulls int4 | num_nulls int4
2              | 2                 | 1
SELECT 1
db> SELECT 1.5::int, 2.5::int, -2.5::int, 0.5::smallint, 2.5::float8::int, 3.5::float8::int, -0.5::float8::int
int4 int4 | int4 int4 | ?column? int4 | int2 int2 | int4 int4 | int4 int4 | ?column? int4
2         | 3         | -3            | 1         | 2         | 4         | 0
SELECT 1
db> SELECT 40000.5::smallint
ERROR 22003: smallint out of range
db> SELECT 3e10::float8::int
ERROR 22003: integer out of range
db> SELECT 9.3e18::float8::bigint
ERROR 22003: bigint out of range
db> SELECT '  12.50  '::numeric, '+.5'::numeric, '5.'::numeric, '1_000'::text, '-0.00'::numeric, '1e3'::numeric, '1.5e-3'::numeric
numeric numeric | numeric numeric | numeric numeric | text text | numeric numeric | numeric numeric | numeric numeric
12.50           | 0.5             | 5               | 1_000     | 0.00            | 1000            | 0.0015
SELECT 1
db> SELECT '1e'::numeric
ERROR 22P02: invalid input syntax for type numeric: "1e"
db> SELECT '1 2'::numeric
ERROR 22P02: invalid input syntax for type numeric: "1 2"
db> SELECT ''::numeric
ERROR 22P02: invalid input syntax for type numeric: ""
