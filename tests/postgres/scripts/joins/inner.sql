-- Inner joins: ON, USING, NATURAL.

db> CREATE TABLE a (id int, x text)
CREATE TABLE
db> CREATE TABLE b (id int, y text)
CREATE TABLE
db> INSERT INTO a VALUES (1, 'a1'), (2, 'a2'), (NULL, 'an')
INSERT 0 3
db> INSERT INTO b VALUES (2, 'b2'), (3, 'b3'), (2, 'b2b'), (NULL, 'bn')
INSERT 0 4
db> SELECT a.id, x, y FROM a JOIN b ON a.id = b.id ORDER BY y
id int4 | x text | y text
2       | a2     | b2
2       | a2     | b2b
SELECT 2
db> SELECT * FROM a JOIN b USING (id) ORDER BY y
id int4 | x text | y text
2       | a2     | b2
2       | a2     | b2b
SELECT 2
db> SELECT * FROM a NATURAL JOIN b ORDER BY y
id int4 | x text | y text
2       | a2     | b2
2       | a2     | b2b
SELECT 2
db> SELECT id FROM a JOIN b ON a.id = b.id
ERROR 42702: column reference "id" is ambiguous
db> SELECT * FROM a JOIN b USING (x)
ERROR 42703: column "x" specified in USING clause does not exist in right table
db> SELECT count(*) FROM a, b WHERE a.id < b.id
count int8
4
SELECT 1
