-- Rows of VALUES get one type for each column.

db> SELECT * FROM (VALUES (1, 'a'), (2.5, 'b')) v (n, s)
n numeric | s text
1         | a
2.5       | b
SELECT 2
db> VALUES (1, 2), (3, NULL)
column1 int4 | column2 int4
1            | 2
3            | NULL
SELECT 2
db> VALUES (1), ('2')
column1 int4
1
2
SELECT 2
db> VALUES (1), ('x')
ERROR 22P02: invalid input syntax for type integer: "x"
db> VALUES (1, 2), (3)
ERROR 42601: VALUES lists must all be the same length
db> VALUES (1), (true)
ERROR 42804: VALUES types integer and boolean cannot be matched
