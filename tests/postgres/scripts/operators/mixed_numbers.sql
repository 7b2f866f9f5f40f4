-- Which type wins.

db> SELECT 1::smallint + 1, 1 + 1::bigint, 1 + 1.0, 1 + 1::real, 1.0 + 1::real, 1::bigint + 1::real, 1.0 + 1::float8, 1::real + 1::float8
?column? int4 | ?column? int8 | ?column? numeric | ?column? float8 | ?column? float8 | ?column? float8 | ?column? float8 | ?column? float8
2             | 2             | 2.0              | 2               | 2               | 2               | 2               | 2
SELECT 1
db> SELECT 1 = 1.0, 1::float8 = 1, 0.1::real = 0.1, 0.1::real = 0.1::float8, 1::bigint = 1::smallint
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | f             | f             | t
SELECT 1
