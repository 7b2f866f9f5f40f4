-- The parent's delete waits for the child that is being inserted.

setup> CREATE TABLE p (id int PRIMARY KEY)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p ON DELETE CASCADE)
CREATE TABLE
setup> INSERT INTO p VALUES (1)
INSERT 0 1
a> BEGIN
BEGIN
a> INSERT INTO c VALUES (1)
INSERT 0 1
b> DELETE FROM p
waits
a> COMMIT
COMMIT
b: DELETE 1
b> SELECT count(*) FROM c
count int8
0
SELECT 1
