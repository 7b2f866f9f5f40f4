-- The shortest text that reads back as the same value.

db> SELECT 0.1::float8, 1::float8 / 3, 1e20::float8, 1e15::float8, 1e16::float8, 1e-5::float8, 1e-4::float8, 123456789012345678::float8
float8 float8 | ?column? float8    | float8 float8 | float8 float8 | float8 float8 | float8 float8 | float8 float8 | float8 float8
0.1           | 0.3333333333333333 | 1e+20         | 1e+15         | 1e+16         | 1e-05         | 0.0001        | 1.2345678901234568e+17
SELECT 1
db> SELECT 0.1::real, 1::real / 3, 1e10::real, 16777217::real, 3.4e38::real
float4 float4 | ?column? float8    | float4 float4 | float4 float4 | float4 float4
0.1           | 0.3333333333333333 | 1e+10         | 1.6777216e+07 | 3.4e+38
SELECT 1
db> SELECT 1.0::float8, -0.0::float8, 100::float8, 1.5e300::float8 * 1e10
ERROR 22003: value out of range: overflow
db> SELECT 'NaN'::float8, 'inf'::float8, '-infinity'::float8
float8 float8 | float8 float8 | float8 float8
NaN           | Infinity      | -Infinity
SELECT 1
db> SELECT 0.1::real::float8, 0.1::float8::real, 0.1::float8::numeric, 0.1::real::numeric
float8 float8       | float4 float4 | numeric numeric | numeric numeric
0.10000000149011612 | 0.1           | 0.1             | 0.1
SELECT 1
db> SELECT 0.1::float8 + 0.2::float8, 0.1::float8 + 0.2::float8 = 0.3::float8
?column? float8     | ?column? bool
0.30000000000000004 | f
SELECT 1
