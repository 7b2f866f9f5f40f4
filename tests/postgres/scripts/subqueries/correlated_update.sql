-- A correlated subquery in SET.

db> CREATE TABLE p (id int PRIMARY KEY, total int)
CREATE TABLE
db> CREATE TABLE c (p int, n int)
CREATE TABLE
db> INSERT INTO p VALUES (1, 0), (2, 0)
INSERT 0 2
db> INSERT INTO c VALUES (1, 5), (1, 6)
INSERT 0 2
db> UPDATE p SET total = (SELECT sum(n) FROM c WHERE c.p = p.id) RETURNING *
id int4 | total int4
1       | 11
2       | NULL
UPDATE 2
