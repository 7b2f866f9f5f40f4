-- Division truncates towards zero; the remainder has the dividend's sign.

db> SELECT 7 / 2, -7 / 2, 7 % -2, -7 % 2, mod(-7, 2), div(-7, 2)
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | mod int4 | div numeric
3             | -3            | 1             | -1            | -1       | -3
SELECT 1
db> SELECT 1 / 0
ERROR 22012: division by zero
db> SELECT 1 % 0
ERROR 22012: division by zero
db> SELECT 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4, -16 >> 2
?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4 | ?column? int4
1             | 7             | 6             | -6            | 16            | -4
SELECT 1
db> SELECT 2 ^ 10, 2 ^ 0.5, 7 / 2.0, 7.0 / 2
?column? float8 | ?column? numeric   | ?column? numeric   | ?column? numeric
1024            | 1.4142135623730950 | 3.5000000000000000 | 3.5000000000000000
SELECT 1
db> SELECT 1::smallint + 1, 1::smallint + 1::bigint, 1::smallint * 1::smallint
?column? int4 | ?column? int8 | ?column? int2
2             | 2             | 1
SELECT 1
db> SELECT @ -5, |/ 16, ||/ 27
?column? int4 | ?column? float8 | ?column? float8
5             | 4               | 3.0000000000000004
SELECT 1
