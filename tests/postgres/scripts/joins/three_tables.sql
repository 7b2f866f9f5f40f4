-- Several joins, and their grouping.

db> CREATE TABLE a (id int)
CREATE TABLE
db> CREATE TABLE b (id int, a int)
CREATE TABLE
db> CREATE TABLE c (id int, b int)
CREATE TABLE
db> INSERT INTO a VALUES (1), (2)
INSERT 0 2
db> INSERT INTO b VALUES (10, 1), (20, 2)
INSERT 0 2
db> INSERT INTO c VALUES (100, 10)
INSERT 0 1
db> SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON b.a = a.id LEFT JOIN c ON c.b = b.id ORDER BY 1
id int4 | id int4 | id int4
1       | 10      | 100
2       | 20      | NULL
SELECT 2
db> SELECT a.id, b.id, c.id FROM a LEFT JOIN (b JOIN c ON c.b = b.id) ON b.a = a.id ORDER BY 1
id int4 | id int4 | id int4
1       | 10      | 100
2       | NULL    | NULL
SELECT 2
db> SELECT a.id, b.id, c.id FROM a LEFT JOIN b ON b.a = a.id JOIN c ON c.b = b.id
id int4 | id int4 | id int4
1       | 10      | 100
SELECT 1
