-- A table joined with itself.

db> CREATE TABLE emp (id int PRIMARY KEY, name text, boss int)
CREATE TABLE
db> INSERT INTO emp VALUES (1, 'ann', NULL), (2, 'bob', 1), (3, 'cid', 1), (4, 'dee', 2)
INSERT 0 4
db> SELECT e.name, b.name AS boss FROM emp e LEFT JOIN emp b ON b.id = e.boss ORDER BY e.id
name text | boss text
ann       | NULL
bob       | ann
cid       | ann
dee       | bob
SELECT 4
db> SELECT b.name, count(e.id) FROM emp b LEFT JOIN emp e ON e.boss = b.id GROUP BY b.id ORDER BY b.id
name text | count int8
ann       | 2
bob       | 1
cid       | 0
dee       | 0
SELECT 4
