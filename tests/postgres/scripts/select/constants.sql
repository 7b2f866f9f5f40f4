-- Names and types of constants.

db> SELECT 1, 1.5, 'x', true, NULL, 12345678901, 1e3, DATE '2024-01-02'
?column? int4 | ?column? numeric | ?column? text | ?column? bool | ?column? text | ?column? int8 | ?column? numeric | date date
1             | 1.5              | x             | t             | NULL          | 12345678901   | 1000             | 2024-01-02
SELECT 1
db> SELECT 1 AS one, 2 two, 'x' AS "Mixed Case"
one int4 | two int4 | Mixed Case text
1        | 2        | x
SELECT 1
db> SELECT -5, +5, - 5.0
?column? int4 | ?column? int4 | ?column? numeric
-5            | 5             | -5.0
SELECT 1
db> SELECT 99999999999999999999
?column? numeric
99999999999999999999
SELECT 1
