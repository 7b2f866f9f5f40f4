-- NO ACTION looks at the end of the statement: parent and child in one go.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> INSERT INTO c VALUES (1)
INSERT 0 1
db> WITH gone AS (DELETE FROM c RETURNING p) DELETE FROM p USING gone WHERE p.id = gone.p
DELETE 1
db> SELECT count(*) FROM p
count int8
0
SELECT 1
