-- A child that was deleted in this transaction does not hold the parent.

db> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
db> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
db> INSERT INTO p VALUES (1)
INSERT 0 1
db> INSERT INTO c VALUES (1)
INSERT 0 1
db> BEGIN
BEGIN
db> DELETE FROM c
DELETE 1
db> DELETE FROM p
DELETE 1
db> COMMIT
COMMIT
