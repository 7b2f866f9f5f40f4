-- Powers, roots and logarithms of numeric: how many digits they have, and where they end.

db> SELECT 2::numeric ^ 10, 2.5 ^ 3.7, 10.0 ^ -3, 0.5 ^ 30, (-2.0) ^ 3, (-8.0) ^ -1, 0.0 ^ 0, 1.1 ^ 100, 123.45 ^ 1, 123.456789012345678901 ^ 2
?column? numeric      | ?column? numeric   | ?column? numeric   | ?column? numeric   | ?column? numeric    | ?column? numeric    | ?column? numeric   | ?column? numeric       | ?column? numeric     | ?column? numeric
1024.0000000000000000 | 29.674132536420854 | 0.0010000000000000 | 0.0000000009313226 | -8.0000000000000000 | -0.1250000000000000 | 1.0000000000000000 | 13780.6123398222701841 | 123.4500000000000000 | 15241.578753238836750437
SELECT 1
db> SELECT power(1.000001, 1000000), power(0.1, 400), power(2, 0.5::numeric), power(10, 20.5::numeric)
power numeric      | power numeric      | power numeric      | power numeric
2.7182804693193769 | 0.0000000000000000 | 1.4142135623730950 | 316227766016837933199.9
SELECT 1
db> SELECT 10.0 ^ 200000
ERROR 22003: value overflows numeric format
db> SELECT 0.0 ^ -1
ERROR 2201F: zero raised to a negative power is undefined
db> SELECT (-1.5) ^ 0.5
ERROR 2201F: a negative number raised to a non-integer power yields a complex result
db> SELECT exp(1.0), exp(0.0), exp(-1.5), exp(100.25), exp(-100.0), exp(1.000000000000000000000000000001)
exp numeric        | exp numeric        | exp numeric        | exp numeric                                     | exp numeric                                      | exp numeric
2.7182818284590452 | 1.0000000000000000 | 0.2231301601484298 | 34516107331259239871361985995265746750923963.19 | 0.00000000000000000000000000000000000000000003720075976020836 | 2.718281828459045235360287471355
SELECT 1
db> SELECT exp(7000.0)
ERROR 22003: value overflows numeric format
db> SELECT exp(-7000.0) = 0, length(exp(1000.0)::text)
?column? bool | length int4
t             | 437
SELECT 1
db> SELECT ln(2.0), ln(10.00), ln(0.001), ln(1.0000000001), ln(1e-20), ln(123456789012345678901234567890.0)
ln numeric         | ln numeric         | ln numeric          | ln numeric                   | ln numeric               | ln numeric
0.6931471805599453 | 2.3025850929940457 | -6.9077552789821371 | 0.00000000009999999999500000 | -46.05170185988091368036 | 66.985688719142977
SELECT 1
db> SELECT ln(0.0)
ERROR 2201E: cannot take logarithm of zero
db> SELECT ln(-1.0)
ERROR 2201E: cannot take logarithm of a negative number
db> SELECT log(2.0, 64.0), log(100.0), log(10, 0.001), log(0.5, 8), log(1.000001, 2.5), log10(1000)
log numeric        | log numeric        | log numeric         | log numeric         | log numeric       | log10 float8
6.0000000000000000 | 2.0000000000000000 | -3.0000000000000000 | -3.0000000000000000 | 916291.1900194446 | 3
SELECT 1
db> SELECT log(1.0, 2.0)
ERROR 22012: division by zero
db> SELECT log(-2.0, 8.0)
ERROR 2201E: cannot take logarithm of a negative number
db> SELECT sqrt(2.0), sqrt(4), sqrt(1e20), sqrt(0.0004), sqrt(1234567890.12345678901234567890)
sqrt numeric      | sqrt float8 | sqrt numeric      | sqrt numeric        | sqrt numeric
1.414213562373095 | 2           | 10000000000.00000 | 0.02000000000000000 | 35136.41828820144253111222
SELECT 1
db> SELECT sqrt(-1.0)
ERROR 2201F: cannot take square root of a negative number
db> SELECT 1.0 / 3, 2.0 / 3, 100 / 3.0, 1 / 7.000000000000000000000000, 1e20 / 3, 1e-10 / 3, 22 / 7.0
?column? numeric       | ?column? numeric       | ?column? numeric    | ?column? numeric           | ?column? numeric     | ?column? numeric               | ?column? numeric
0.33333333333333333333 | 0.66666666666666666667 | 33.3333333333333333 | 0.142857142857142857142857 | 33333333333333333333 | 0.0000000000333333333333333333 | 3.1428571428571429
SELECT 1
db> SELECT div(17.5, 5), div(-17.5, 5), 17.5 % 5, -17.5 % 5, mod(5.5, 2), div(0.99999999999999999999, 1)
div numeric | div numeric | ?column? numeric | ?column? numeric | mod numeric | div numeric
3           | -3          | 2.5              | -2.5             | 1.5         | 0
SELECT 1
db> SELECT factorial(0), factorial(20), factorial(30)
factorial numeric | factorial numeric   | factorial numeric
1                 | 2432902008176640000 | 265252859812191058636308480000000
SELECT 1
db> SELECT factorial(-1)
ERROR 22003: factorial of a negative number is undefined
db> SELECT factorial(40000)
ERROR 22003: value overflows numeric format
db> SELECT gcd(12.5, 7.5), gcd(0, 5.00), lcm(2.5, 3.75), lcm(0, 3.0), gcd(24, 36), lcm(4, 6), gcd('NaN'::numeric, 1)
gcd numeric | gcd numeric | lcm numeric | lcm numeric | gcd int4 | lcm int4 | gcd numeric
2.5         | 5.00        | 7.50        | 0.0         | 12       | 12       | NaN
SELECT 1
db> SELECT lcm(9223372036854775807, 2)
ERROR 22003: bigint out of range
db> SELECT gcd((-2147483648)::int4, 0)
ERROR 22003: integer out of range
db> SELECT 1e131071 * 10
ERROR 22003: value overflows numeric format
db> SELECT '1e131072'::numeric
ERROR 22003: value overflows numeric format
db> SELECT '1e-16384'::numeric
ERROR 22003: value overflows numeric format
db> SELECT 'Infinity'::numeric ^ 2, 'Infinity'::numeric ^ -1, 2 ^ 'Infinity'::numeric, 0.5 ^ 'Infinity'::numeric, 1 ^ 'NaN'::numeric, 'NaN'::numeric ^ 0, ln('Infinity'::numeric), exp('-Infinity'::numeric)
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ln numeric | exp numeric
Infinity         | 0                | Infinity         | 0                | 1                | 1                | Infinity   | 0
SELECT 1
db> SELECT 'Infinity'::numeric - 'Infinity'::numeric, 'Infinity'::numeric * 0, 1 / 'Infinity'::numeric, 'Infinity'::numeric % 5, 5 % 'Infinity'::numeric, sign('NaN'::numeric), abs('-Infinity'::numeric)
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric | sign numeric | abs numeric
NaN              | NaN              | 0                | NaN              | 5                | NaN          | Infinity
SELECT 1
db> SELECT 'NaN'::numeric::int
ERROR 0A000: cannot convert NaN to integer
db> SELECT 'Infinity'::numeric::bigint
ERROR 0A000: cannot convert infinity to bigint
