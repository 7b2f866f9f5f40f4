-- A parent that was deleted since the snapshot.

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
b> DELETE FROM p
DELETE 1
a> INSERT INTO c VALUES (1)
ERROR 40001: could not serialize access due to concurrent update
a> ROLLBACK
ROLLBACK
