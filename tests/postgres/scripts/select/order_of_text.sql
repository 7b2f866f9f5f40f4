-- Text sorts by code point in this database.

db> SELECT s FROM (VALUES ('b'), ('a'), ('B'), ('A'), ('ä'), (''), ('10'), ('9')) v (s) ORDER BY s
s text
''
10
9
A
B
a
b
ä
SELECT 8
db> SELECT 'a' < 'B' AS lower_first, 'a' > 'B' AS upper_first
lower_first bool | upper_first bool
f                | t
SELECT 1
