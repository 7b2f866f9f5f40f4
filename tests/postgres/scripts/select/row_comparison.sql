-- Rows compare from left to right.

db> SELECT (1, 2) < (1, 3), (1, NULL) < (2, 0), (1, 2) = (1, 2), (1, NULL) = (1, NULL), (2, NULL) = (1, NULL)
?column? bool | ?column? bool | ?column? bool | ?column? bool | ?column? bool
t             | t             | t             | NULL          | f
SELECT 1
db> SELECT ROW(1, 'a') IS NULL, ROW(NULL, NULL) IS NULL, ROW(1, NULL) IS NOT NULL
?column? bool | ?column? bool | ?column? bool
f             | t             | f
SELECT 1
db> SELECT * FROM (VALUES (1, 1), (1, 2), (2, 1)) v (a, b) WHERE (a, b) >= (1, 2)
a int4 | b int4
1      | 2
2      | 1
SELECT 2
db> SELECT (1, 2) = (1, 2, 3)
ERROR 42601: unequal number of entries in row expressions
db> SELECT ROW(1, 'a b', NULL)
row record
'(1,"a b",)'
SELECT 1
