-- Functions of double precision: angles in degrees and radians, the edges of the range.

db> SELECT sind(30), cosd(60), tand(45), cotd(45), sind(180), cosd(90), tand(135), sind(-30), cosd(720)
sind float8 | cosd float8 | tand float8 | cotd float8 | sind float8 | cosd float8 | tand float8 | sind float8 | cosd float8
0.5         | 0.5         | 1           | 1           | 0           | 0           | -1          | -0.5        | 1
SELECT 1
db> SELECT asind(0.5), acosd(0.5), atand(1), atan2d(1, -1), asind(-1), acosd(-1)
asind float8 | acosd float8 | atand float8 | atan2d float8 | asind float8 | acosd float8
30           | 60           | 45           | 135           | -90          | 180
SELECT 1
db> SELECT sind('Infinity')
ERROR 22003: input is out of range
db> SELECT acosd(1.5)
ERROR 22003: input is out of range
db> SELECT sin(1), cos(1), tan(1), cot(1), asin(1), acos(0), atan(1), atan2(1, 2), degrees(pi()), radians(180)
sin float8         | cos float8         | tan float8         | cot float8         | asin float8        | acos float8        | atan float8        | atan2 float8       | degrees float8 | radians float8
0.8414709848078965 | 0.5403023058681398 | 1.5574077246549023 | 0.6420926159343306 | 1.5707963267948966 | 1.5707963267948966 | 0.7853981633974483 | 0.4636476090008061 | 180            | 3.141592653589793
SELECT 1
db> SELECT sinh(1), cosh(1), tanh(1), asinh(1), acosh(2), atanh(0.5)
sinh float8        | cosh float8        | tanh float8        | asinh float8      | acosh float8       | atanh float8
1.1752011936438014 | 1.5430806348152437 | 0.7615941559557649 | 0.881373587019543 | 1.3169578969248166 | 0.5493061443340548
SELECT 1
db> SELECT acosh(0.5)
ERROR 22003: input is out of range
db> SELECT atanh(2)
ERROR 22003: input is out of range
db> SELECT asin(2)
ERROR 22003: input is out of range
db> SELECT cbrt(27), ||/ 64, cbrt(-8), cbrt(1000), cbrt(0.001)
cbrt float8        | ?column? float8 | cbrt float8 | cbrt float8 | cbrt float8
3.0000000000000004 | 4               | -2          | 10          | 0.1
SELECT 1
db> SELECT power(2::float8, 0.5), 2::float8 ^ -1, power('Infinity'::float8, -1), power(-8::float8, 3), power('NaN'::float8, 0), power(1::float8, 'NaN')
power float8       | ?column? float8 | power float8 | power float8 | power float8 | power float8
1.4142135623730951 | 0.5             | 0            | -512         | 1            | 1
SELECT 1
db> SELECT power(0::float8, -1)
ERROR 2201F: zero raised to a negative power is undefined
db> SELECT power(-8::float8, 0.5)
ERROR 2201F: a negative number raised to a non-integer power yields a complex result
db> SELECT power(10::float8, 400)
ERROR 22003: value out of range: overflow
db> SELECT power(10::float8, -400)
ERROR 22003: value out of range: underflow
db> SELECT exp(1000::float8)
ERROR 22003: value out of range: overflow
db> SELECT exp(-1000::float8)
ERROR 22003: value out of range: underflow
db> SELECT ln(0::float8)
ERROR 2201E: cannot take logarithm of zero
db> SELECT ln(-1::float8)
ERROR 2201E: cannot take logarithm of a negative number
db> SELECT log(-1::float8)
ERROR 2201E: cannot take logarithm of a negative number
db> SELECT sqrt(-1::float8)
ERROR 2201F: cannot take square root of a negative number
db> SELECT 1e308::float8 * 10
ERROR 22003: value out of range: overflow
db> SELECT 1e-308::float8 / 1e10
?column? float8
1e-318
SELECT 1
db> SELECT 1::float8 / 0
ERROR 22012: division by zero
db> SELECT 'NaN'::float8 = 'NaN'::float8, 'NaN'::float8 > 'Infinity'::float8, '-0'::float8, 0.1::float8 + 0.2, 1e15::float8, 1e16::float8, 1e-5::float8, 123456789.123::real, 1.1::real::float8
?column? bool | ?column? bool | float8 float8 | ?column? float8     | float8 float8 | float8 float8 | float8 float8 | float4 float4 | float8 float8
t             | t             | -0            | 0.30000000000000004 | 1e+15         | 1e+16         | 1e-05         | 1.2345679e+08 | 1.100000023841858
SELECT 1
db> SELECT round(0.5::float8), round(1.5::float8), round(-0.5::float8), trunc(-1.7::float8), ceil(-0.5::float8), sign(-0.0::float8), floor(-0.5::float8)
round float8 | round float8 | round float8 | trunc float8 | ceil float8 | sign float8 | floor float8
0            | 2            | -0           | -1           | -0          | 0           | -1
SELECT 1
