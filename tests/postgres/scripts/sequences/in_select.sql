-- nextval for each row.

db> CREATE SEQUENCE s
CREATE SEQUENCE
db> SELECT nextval('s') FROM generate_series(1, 3)
nextval int8
1
2
3
SELECT 3
db> SELECT nextval('s') AS n WHERE false
n int8
SELECT 0
db> SELECT last_value, is_called FROM s
last_value int8 | is_called bool
3               | t
SELECT 1
