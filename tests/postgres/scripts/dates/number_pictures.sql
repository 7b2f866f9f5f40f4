-- to_char and to_number of numbers.

db> SELECT to_char(1234.5, '9999.99'), to_char(1234.5, '9,999.99'), to_char(-1234.5, '9,999.99'), to_char(0.5, '9.99'), to_char(0.5, '0.99'), to_char(0, '9'), to_char(12345, '999'), to_char(12, '0000')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
' 1234.50'   | ' 1,234.50'  | -1,234.50    | '  .50'      | ' 0.50'      | ' 0'         | ' ###'       | ' 0012'
SELECT 1
db> SELECT to_char(1234.5, 'FM9999.99'), to_char(1234, 'FM9,999'), to_char(0.1, 'FM9.99'), to_char(0, 'FM9.9'), to_char(12.3, 'FM00.00'), to_char(1000000, 'FM9,999,999'), to_char(-0.1, 'FM99.90'), to_char(148.5, 'FM999.990')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
1234.5       | 1,234        | .1           | 0.           | 12.30        | 1,000,000    | -.10         | 148.500
SELECT 1
db> SELECT to_char(485, '999S'), to_char(-485, 'S999'), to_char(485, 'S999'), to_char(-485, '999MI'), to_char(485, '999MI'), to_char(485, 'FM999MI'), to_char(-485, 'PL999'), to_char(485, 'PL999'), to_char(-485, 'SG999'), to_char(485, 'SG999'), to_char(-485, '999PR'), to_char(485, '999PR')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
485+         | -485         | +485         | 485-         | '485 '       | 485          | ' -485'      | + 485        | -485         | +485         | <485>        | ' 485 '
SELECT 1
db> SELECT to_char(485, 'RN'), to_char(485, 'FMRN'), to_char(5.2, 'FMRN'), to_char(4000, 'RN'), to_char(12, 'FMrn'), to_char(482, '999th'), to_char(11, '99TH'), to_char(-1, '9th'), to_char(482, '"Good number:"999')
to_char text      | to_char text | to_char text | to_char text    | to_char text | to_char text | to_char text | to_char text | to_char text
'        CDLXXXV' | CDLXXXV      | V            | ############### | xii          | ' 482nd'     | ' 11TH'      | -1           | Good number: 482
SELECT 1
db> SELECT to_char(12.45, '99V9'), to_char(12.4, '99V999'), to_char(12, '99V999'), to_char(1485, '9 9 9 9'), to_char(485, 'L999'), to_char(3148.5, '9G999D999'), to_char(-0.01, '9.99'), to_char(.1, '0.9'), to_char(1.005, '9.99')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
' 125'       | ' 12400'     | ' 12000'     | ' 1 4 8 5'   | '  485'      | ' 3,148.500' | ' -.01'      | ' 0.1'       | ' 1.01'
SELECT 1
db> SELECT to_char(0.0004859, '9.99EEEE'), to_char(12345.678, '9.999EEEE'), to_char(-1.5e10::float8, '9.9EEEE'), to_char(0, '9.9EEEE'), to_char(123456789, '9.99EEEE')
to_char text | to_char text | to_char text | to_char text | to_char text
' 4.86e-04'  | ' 1.235e+04' | -1.5e+10     | ' 0.0e+00'   | ' 1.23e+08'
SELECT 1
db> SELECT to_char('NaN'::numeric, '999.99'), to_char('Infinity'::numeric, '999'), to_char('NaN'::float8, '999'), to_char('-Infinity'::float8, '999.9'), to_char('NaN'::numeric, '9.9EEEE')
to_char text | to_char text | to_char text | to_char text | to_char text
' NaN'       | ' ###'       | ' NaN'       | -###.#       | ' #.#####'
SELECT 1
db> SELECT to_char(1.5::float8, '9.9'), to_char(1234567890.123456789::float8, '9999999999.999999999'), to_char(1.5::float4, '9.99'), to_char(123456789::bigint, '999G999G999'), to_char(7::smallint, '09'), to_char(2.5::float8, '9'), to_char(3.5::float8, '9'), to_char(2.5, '9')
to_char text | to_char text        | to_char text | to_char text   | to_char text | to_char text | to_char text | to_char text
' 1.5'       | ' 1234567890.12346' | ' 1.50'      | ' 123,456,789' | ' 07'        | ' 2'         | ' 4'         | ' 3'
SELECT 1
db> SELECT to_char(1, '9.9.9')
ERROR 42601: multiple decimal points
db> SELECT to_char(1, '9S9S')
ERROR 42601: cannot use "S" twice
db> SELECT to_char(1, 'MI9S')
ERROR 42601: cannot use "S" and "PL"/"MI"/"SG"/"PR" together
db> SELECT to_char(1, 'FM9EEEE')
ERROR 42601: "EEEE" is incompatible with other formats
DETAIL: "EEEE" may only be used together with digit and decimal point patterns.
db> SELECT to_char(1, '9PR9')
ERROR 42601: "9" must be ahead of "PR"
db> SELECT to_number('12,454.8-', '99G999D9S'), to_number('1234', '9999'), to_number('-12.5', 'S99.9'), to_number('$1,234.56', 'L9,999.99'), to_number('<123>', '999PR'), to_number('12 345', '99 999'), to_number(' 42', '99'), to_number('1.23', '9'), to_number('-5', '9MI')
to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric | to_number numeric
-12454.8          | 1234              | -12.5             | 1234.56           | -123              | 12345             | 42                | 1                 | -5
SELECT 1
db> SELECT to_number('abc', '999')
ERROR 22P02: invalid input syntax for type numeric: " "
db> SELECT to_number('', '999')
ERROR 22P02: invalid input syntax for type numeric: " "
db> SELECT to_number('1e5', '9EEEE')
ERROR 0A000: "EEEE" not supported for input
db> SELECT to_number('34,338,492', '99,999,999'), to_number('0.00001', '9.999999'), to_number('12345', '99V999'), to_number('5th', '9th'), to_number('100', 'FM999')
to_number numeric | to_number numeric | to_number numeric   | to_number numeric | to_number numeric
34338492          | 0.00001           | 12.3450000000000000 | 5                 | 100
SELECT 1
db> SELECT to_char(1234567.891, 'FM999,999,999.00'), to_char(99.999, '999.99'), to_char(-12, 'FM000'), to_char(12, '999.'), to_char(1, 'FM0.'), to_char(1234, 'FM$9,999')
to_char text | to_char text | to_char text | to_char text | to_char text | to_char text
1,234,567.89 | ' 100.00'    | -012         | '  12'       | 1            | $1,234
SELECT 1
