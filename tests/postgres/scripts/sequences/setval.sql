-- setval, with and without is_called.

db> CREATE SEQUENCE s
CREATE SEQUENCE
db> SELECT setval('s', 10)
setval int8
10
SELECT 1
db> SELECT nextval('s')
nextval int8
11
SELECT 1
db> SELECT setval('s', 20, false)
setval int8
20
SELECT 1
db> SELECT nextval('s')
nextval int8
20
SELECT 1
db> SELECT setval('s', 0)
ERROR 22003: setval: value 0 is out of bounds for sequence "s" (1..9223372036854775807)
