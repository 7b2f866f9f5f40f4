-- Exact, with a scale that follows from the operands.

db> SELECT 1.10 + 2.2, 1.10 * 2.2, 1.1 - 1.1, 10.0 / 3, 10 / 3.0, 1.000 / 3, 2.0 / 3
?column? numeric | ?column? numeric | ?column? numeric | ?column? numeric   | ?column? numeric   | ?column? numeric       | ?column? numeric
3.30             | 2.420            | 0.0              | 3.3333333333333333 | 3.3333333333333333 | 0.33333333333333333333 | 0.66666666666666666667
SELECT 1
db> SELECT 0.1 + 0.2, 0.1 + 0.2 = 0.3, 1.0 = 1.00
?column? numeric | ?column? bool | ?column? bool
0.3              | t             | t
SELECT 1
db> SELECT 1e10::numeric, 1.5e-5::numeric, 12345678901234567890.123456789
numeric numeric | numeric numeric | ?column? numeric
10000000000     | 0.000015        | 12345678901234567890.123456789
SELECT 1
db> SELECT 1 / 3::numeric, 1000000 / 7.0, 1 / 7000000.0
?column? numeric       | ?column? numeric    | ?column? numeric
0.33333333333333333333 | 142857.142857142857 | 0.000000142857142857142857
SELECT 1
db> SELECT 10.5 % 3, -10.5 % 3, 2.0 ^ 3, 2.5 ^ 2
?column? numeric | ?column? numeric | ?column? numeric   | ?column? numeric
1.5              | -1.5             | 8.0000000000000000 | 6.2500000000000000
SELECT 1
db> SELECT 1.0 / 0
ERROR 22012: division by zero
db> SELECT -1.50, +1.50, - -1.5
?column? numeric | ?column? numeric | ?column? numeric
-1.50            | 1.50             | 1.5
SELECT 1
