-- to_char of numbers.

db> SELECT to_char(1234.5, '9999.99'), to_char(1234.5, 'FM9,999.00'), to_char(-5, '999'), to_char(5, '000'), to_char(0.5, 'FM0.00'), to_char(12, 'FM999'), to_char(12345, '999'), to_char(5, 'FM09'), to_char(1234567.891, 'FM999,999,999.00')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
' 1234.50'   | 1,234.50     | '  -5'       | ' 005'       | 0.50         | 12           | ' ###'       | 05           | 1,234,567.89
SELECT 1
db> SELECT to_number('1,234.5', '9,999.9'), to_number('-12', 'S99')
to_number numeric | to_number numeric
1234.5            | -12
SELECT 1
db> SELECT to_hex(255), to_char(485, 'RN')
to_hex text | to_char text
ff          | '        CDLXXXV'
SELECT 1
