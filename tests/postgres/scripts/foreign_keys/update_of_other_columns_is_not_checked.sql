-- An update that leaves the key alone takes no lock on the parent.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p, n int)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
setup> INSERT INTO c VALUES (1, 0)
INSERT 0 1
a> BEGIN
BEGIN
a> SELECT id FROM p FOR UPDATE
id int4
1
SELECT 1
b> UPDATE c SET n = 1
UPDATE 1
b> UPDATE c SET p = 1
UPDATE 1
a> COMMIT
COMMIT
