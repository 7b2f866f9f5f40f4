-- So a child can be inserted though its parent was updated since the snapshot.

setup> CREATE TABLE p (id int PRIMARY KEY, n int)
CREATE TABLE
setup> CREATE TABLE c (p int REFERENCES p)
CREATE TABLE
setup> INSERT INTO p VALUES (1, 0)
INSERT 0 1
a> BEGIN ISOLATION LEVEL REPEATABLE READ
BEGIN
a> SELECT * FROM p
id int4 | n int4
1       | 0
SELECT 1
b> UPDATE p SET n = 1
UPDATE 1
a> INSERT INTO c VALUES (1)
INSERT 0 1
a> COMMIT
COMMIT
