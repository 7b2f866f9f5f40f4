-- The delete is rolled back: the insert goes through.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> DELETE FROM p
DELETE 1
b> INSERT INTO c VALUES (1)
waits
a> ROLLBACK
ROLLBACK
b: INSERT 0 1
