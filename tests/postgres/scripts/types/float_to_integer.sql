-- Casts to integers round half to even from floats, half away from zero from numerics.

db> SELECT 0.5::float8::int, 1.5::float8::int, 2.5::float8::int, -2.5::float8::int
int4 int4 | int4 int4 | int4 int4 | ?column? int4
0         | 2         | 2         | -2
SELECT 1
db> SELECT 0.5::int, 1.5::int, 2.5::int, -2.5::int
int4 int4 | int4 int4 | int4 int4 | ?column? int4
1         | 2         | 3         | -3
SELECT 1
db> SELECT 1e10::float8::int
ERROR 22003: integer out of range
db> SELECT 'NaN'::float8::int
ERROR 22003: integer out of range
db> SELECT 'NaN'::numeric::int
ERROR 0A000: cannot convert NaN to integer
db> SELECT round(2.5::float8), round(3.5::float8), trunc(2.7::float8)
round float8 | round float8 | trunc float8
2            | 4            | 2
SELECT 1
db> SELECT round(2.567::float8, 2)
ERROR 42883: function round(double precision, integer) does not exist
HINT: No function matches the given name and argument types. You might need to add explicit type casts.
