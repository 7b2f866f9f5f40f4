-- round, trunc, ceil, floor and the rest.

db> SELECT round(2.5), round(-2.5), round(1.2345, 2), round(1234.5, -2), trunc(-1.9), trunc(1.2399, 2)
round numeric | round numeric | round numeric | round numeric | trunc numeric | trunc numeric
3             | -3            | 1.23          | 1200          | -1            | 1.23
SELECT 1
db> SELECT ceil(1.1), floor(-1.1), ceiling(-1.1), sign(-3.2), abs(-1.50)
ceil numeric | floor numeric | ceiling numeric | sign numeric | abs numeric
2            | -2            | -1              | -1           | 1.50
SELECT 1
db> SELECT sqrt(2.0), sqrt(4), exp(1.0), ln(10.0), log(1000.0), log(2.0, 8.0), power(2.0, 0.5)
sqrt numeric      | sqrt float8 | exp numeric        | ln numeric         | log numeric        | log numeric        | power numeric
1.414213562373095 | 2           | 2.7182818284590452 | 2.3025850929940457 | 3.0000000000000000 | 3.0000000000000000 | 1.4142135623730950
SELECT 1
db> SELECT sqrt(-1.0)
ERROR 2201F: cannot take square root of a negative number
db> SELECT ln(0.0)
ERROR 2201E: cannot take logarithm of zero
db> SELECT scale(1.50), min_scale(1.50), trim_scale(1.500), numeric '1.500'::text
scale int4 | min_scale int4 | trim_scale numeric | text text
2          | 1              | 1.5                | 1.500
SELECT 1
db> SELECT gcd(12, 18), lcm(4, 6), factorial(20), width_bucket(5.5, 0, 10, 5)
gcd int4 | lcm int4 | factorial numeric   | width_bucket int4
6        | 12       | 2432902008176640000 | 3
SELECT 1
