-- A condition in ON keeps the row, in WHERE it drops it.

db> CREATE TABLE a (id int)
CREATE TABLE
db> CREATE TABLE b (id int, n int)
CREATE TABLE
db> INSERT INTO a VALUES (1), (2)
INSERT 0 2
db> INSERT INTO b VALUES (1, 5), (2, 50)
INSERT 0 2
db> SELECT * FROM a LEFT JOIN b ON a.id = b.id AND b.n > 10 ORDER BY 1
id int4 | id int4 | n int4
1       | NULL    | NULL
2       | 2       | 50
SELECT 2
db> SELECT * FROM a LEFT JOIN b ON a.id = b.id WHERE b.n > 10
id int4 | id int4 | n int4
2       | 2       | 50
SELECT 1
db> SELECT a.id FROM a LEFT JOIN b ON a.id = b.id AND b.n > 10 WHERE b.id IS NULL
id int4
1
SELECT 1
db> SELECT * FROM a LEFT JOIN b ON false ORDER BY 1
id int4 | id int4 | n int4
1       | NULL    | NULL
2       | NULL    | NULL
SELECT 2
