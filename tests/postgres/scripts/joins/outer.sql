-- Left, right and full.

db> CREATE TABLE a (id int, x text)
CREATE TABLE
db> CREATE TABLE b (id int, y text)
CREATE TABLE
db> INSERT INTO a VALUES (1, 'a1'), (2, 'a2')
INSERT 0 2
db> INSERT INTO b VALUES (2, 'b2'), (3, 'b3')
INSERT 0 2
db> SELECT * FROM a LEFT JOIN b ON a.id = b.id ORDER BY a.id
id int4 | x text | id int4 | y text
1       | a1     | NULL    | NULL
2       | a2     | 2       | b2
SELECT 2
db> SELECT * FROM a RIGHT JOIN b ON a.id = b.id ORDER BY b.id
id int4 | x text | id int4 | y text
2       | a2     | 2       | b2
NULL    | NULL   | 3       | b3
SELECT 2
db> SELECT * FROM a FULL JOIN b ON a.id = b.id ORDER BY a.id, b.id
id int4 | x text | id int4 | y text
1       | a1     | NULL    | NULL
2       | a2     | 2       | b2
NULL    | NULL   | 3       | b3
SELECT 3
db> SELECT * FROM a FULL JOIN b USING (id) ORDER BY id
id int4 | x text | y text
1       | a1     | NULL
2       | a2     | b2
3       | NULL   | b3
SELECT 3
db> SELECT * FROM a LEFT JOIN b USING (id) ORDER BY id
id int4 | x text | y text
1       | a1     | NULL
2       | a2     | b2
SELECT 2
