-- The cascade must lock the children too.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (id int, p int REFERENCES p ON DELETE CASCADE)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
setup> INSERT INTO c VALUES (10, 1)
INSERT 0 1
a> BEGIN
BEGIN
a> UPDATE c SET id = 11
UPDATE 1
b> DELETE FROM p
waits
a> COMMIT
COMMIT
b: DELETE 1
b> SELECT count(*) FROM c
count int8
0
SELECT 1
