-- Maths in double precision.

db> SELECT pi(), sin(0), cos(0), atan2(1, 1), degrees(pi()), radians(180), cbrt(27), power(2, 10), exp(1), ln(2.718281828459045), log(100), sqrt(16), mod(10, 3), sign(-2), trunc(-2.7), sinh(0)
pi float8         | sin float8 | cos float8 | atan2 float8       | degrees float8 | radians float8    | cbrt float8        | power float8 | exp float8        | ln numeric         | log float8 | sqrt float8 | mod int4 | sign float8 | trunc numeric | sinh float8
3.141592653589793 | 0          | 1          | 0.7853981633974483 | 180            | 3.141592653589793 | 3.0000000000000004 | 1024         | 2.718281828459045 | 0.9999999999999999 | 2          | 4           | 1        | -1          | -2            | 0
SELECT 1
db> SELECT power(0, -1)
ERROR 2201F: zero raised to a negative power is undefined
db> SELECT sqrt(-1)
ERROR 2201F: cannot take square root of a negative number
db> SELECT asin(2)
ERROR 22003: input is out of range
db> SELECT ln(0)
ERROR 2201E: cannot take logarithm of zero
db> SELECT random() BETWEEN 0 AND 1, setseed(0.5)
?column? bool | setseed void
t             | ''
SELECT 1
db> SELECT abs('-5'), abs(-5.5), ceil(5), round(5)
abs float8 | abs numeric | ceil float8 | round float8
5          | 5.5         | 5           | 5
SELECT 1
