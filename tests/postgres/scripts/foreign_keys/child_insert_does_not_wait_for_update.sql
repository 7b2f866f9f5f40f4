-- A non-key update of the parent holds up nobody.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE p SET n = 1
UPDATE 1
b> INSERT INTO c VALUES (1)
INSERT 0 1
a> COMMIT
COMMIT
